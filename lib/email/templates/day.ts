/** A moment's day for people, by UTC. @param moment ISO 8601. */
export function dayOf(moment: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(moment),
  );
}
