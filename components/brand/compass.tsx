import { cn } from "@/components/ui/cn";

const rings = [
  { radius: 196, width: 6, dashes: "0.35 1.65" },
  { radius: 193, width: 12, dashes: "0.35 9.65" },
  { radius: 150, width: 4, dashes: "0.5 4.5" },
];

/** The graticule behind a page's main object. Ticks are dashes of wide, short strokes. */
export function Compass({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 400 400"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
      className={cn("pointer-events-none text-foreground/15", className)}
    >
      {rings.map((ring) => (
        <circle
          key={ring.radius}
          cx="200"
          cy="200"
          r={ring.radius}
          pathLength="360"
          strokeWidth={ring.width}
          strokeDasharray={ring.dashes}
        />
      ))}
      <circle cx="200" cy="200" r="180" strokeWidth="0.5" />
      <circle cx="200" cy="200" r="120" strokeWidth="0.5" />
      <path
        strokeWidth="0.5"
        d="M200 0v400M0 200h400M58.6 58.6l282.8 282.8M341.4 58.6 58.6 341.4"
      />
    </svg>
  );
}
