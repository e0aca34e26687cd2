const { POLAR_API_URL, POLAR_ACCESS_TOKEN } = process.env;

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${POLAR_API_URL}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${POLAR_ACCESS_TOKEN}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** What the local Polar of the browser tests can be told beside its API. */
export const localPolar = {
  /** Reads a page of one of Polar's lists. */
  list: <T>(path: string) => call<{ items: T[] }>("GET", `/v1/${path}`).then(({ items }) => items),
  /** Makes one of Polar's objects. */
  post: (path: string, body: object) => call("POST", `/v1/${path}`, body),
  /** Changes one of Polar's objects. */
  patch: (path: string, body: object) => call("PATCH", `/v1/${path}`, body),
  /** Changes the card on file of the customer with this external id. */
  setCard: async (externalId: string, number: string) => {
    const { id } = await call<{ id: string }>("GET", `/v1/customers/external/${externalId}`);
    await call("PUT", `/_emulator/customers/${id}/card`, { number });
  },
  /** Does what waits for a moment only, and waits until its webhooks have been sent. */
  settle: () => call("POST", "/_emulator/settle", {}),
  /** How many webhooks are neither delivered nor given up. */
  undelivered: async () =>
    (await call<{ undelivered: number }>("GET", "/_emulator/webhooks")).undelivered,
  /** Switches faults on, or, without any, off. */
  faults: (settings: object = {}) => call("PUT", "/_emulator/faults", settings),
};
