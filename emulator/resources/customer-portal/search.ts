/** Whether a document's text holds what the query's `query` asks for, in either case. */
export function searched<D>(
  query: Record<string, unknown>,
  textOf: (document: D) => string,
): (document: D) => boolean {
  const wanted = typeof query.query === "string" ? query.query.toLowerCase() : "";
  return (document) => textOf(document).toLowerCase().includes(wanted);
}
