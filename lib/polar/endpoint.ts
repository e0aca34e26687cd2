import "server-only";

/** The words of the paths of our services (`client.ts`); whatever else stands in a path is somebody's id. */
const words = new Set(
  `v1 benefit-grants benefits checkouts client confirm customer-meters customer-sessions customers deliveries
  endpoints events export external files finalize grants ingest invoice meters names orders organizations
  products quantities receipt redeliver refunds secret state subscriptions webhooks`.split(/\s+/),
);

/**
 * A call as a label of metrics, such as `GET /v1/customers/external/{id}`. Ids are taken out, and an external id
 * may be anything, a word of a path too: there are as many labels as endpoints.
 */
export function endpointOf(method: string, path: string): string {
  const parts = path.split("/").filter(Boolean);
  const known = parts.map((part, at) =>
    words.has(part) && parts[at - 1] !== "external" ? part : "{id}",
  );
  return `${method} /${known.join("/")}`;
}
