import type { ReactNode } from "react";

/**
 * Shows the side that the interval switch stands on. Both are in the page and CSS picks one, so the
 * switch needs no script; what is hidden this way is hidden from screen readers too.
 */
export function ByInterval({ month, year }: { month: ReactNode; year: ReactNode }) {
  return (
    <>
      <div className="group-has-[[value=year]:checked]/interval:hidden">{month}</div>
      <div className="hidden group-has-[[value=year]:checked]/interval:block">{year}</div>
    </>
  );
}
