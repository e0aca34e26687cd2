import { type Matrix, path, viewBox } from "./matrix";

type Props = { matrix: Matrix; label: string; foreground?: string; background?: string };

/** Dark on light in both themes: scanners expect it that way round. */
export function Code({ matrix, label, foreground = "#000000", background = "#ffffff" }: Props) {
  return (
    <svg
      viewBox={viewBox(matrix)}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="block h-auto w-full rounded-lg"
    >
      <rect width="100%" height="100%" fill={background} />
      <path d={path(matrix)} fill={foreground} />
    </svg>
  );
}
