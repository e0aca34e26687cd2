import { formatMoment } from "@/components/format/dates";

/** How old Polar's count is, by which a metered plan is billed: our own is always of now. */
export function PolarAge({ readAt }: { readAt: Date | null }) {
  return (
    <p className="text-sm text-muted-foreground">
      {readAt ? (
        <>
          Polar’s own count was last read on{" "}
          <time dateTime={readAt.toISOString()}>{formatMoment(readAt)}</time>; what you have used
          since is counted here and sent to it.
        </>
      ) : (
        "Polar’s own count has not been read yet; what you use is counted here and sent to it."
      )}
    </p>
  );
}
