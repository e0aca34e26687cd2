const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "23 Nov 2026", in UTC: the same on the server, in the browser and on an invoice. */
export function formatDay(date: Date): string {
  return `${formatDayShort(date)} ${date.getUTCFullYear()}`;
}

export function formatDayShort(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}
