const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Nov 23, 2026", in UTC: the same on the server, in the browser and on an invoice. */
export function formatDay(date: Date): string {
  return `${formatDayShort(date)}, ${date.getUTCFullYear()}`;
}

/** "Nov 23". */
export function formatDayShort(date: Date): string {
  return `${months[date.getUTCMonth()]} ${date.getUTCDate()}`;
}

/** "Nov 2026". */
export function formatMonth(date: Date): string {
  return `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "Nov 23, 2026, 14:05 UTC". */
export function formatMoment(date: Date): string {
  return `${formatDay(date)}, ${date.toISOString().slice(11, 16)} UTC`;
}
