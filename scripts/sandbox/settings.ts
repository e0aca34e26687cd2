/**
 * What the journey at the sandbox runs with. `email` is an address of a domain that takes mail; `webhookOrigin` a public
 * address that leads to `port` of this machine, null where webhooks are fetched; `apiUrl` a local Polar's, where the run
 * is a rehearsal.
 */
export type SandboxSettings = {
  token: string;
  email: string;
  webhookOrigin: string | null;
  port: number | null;
  apiUrl: string | null;
};

function addressOf(value: string | undefined): URL | null {
  return value && URL.canParse(value) ? new URL(value) : null;
}

/**
 * Reads the variables of `npm run test:sandbox`.
 *
 * @throws telling, a line each, what is missing, malformed or too dangerous, and how to get it.
 */
export function readSandboxSettings(source: Record<string, string | undefined>): SandboxSettings {
  const { POLAR_SANDBOX_TOKEN: token = "", POLAR_SANDBOX_EMAIL: email = "" } = source;
  const webhook = addressOf(source.POLAR_SANDBOX_WEBHOOK_URL);
  const api = addressOf(source.POLAR_SANDBOX_API_URL);
  const port = Number(source.POLAR_SANDBOX_PORT || Number.NaN);
  const wrong = [
    source.POLAR_ENVIRONMENT === "production" &&
      "POLAR_ENVIRONMENT is production: the journey buys, refunds and deletes, so it runs with no such environment around.",
    !token &&
      "POLAR_SANDBOX_TOKEN is missing: an access token of an organization at https://sandbox.polar.sh, made there under Settings → General → Developers.",
    !/^[^@+\s]+@[^@\s]+\.[^@\s]+$/.test(email) &&
      "POLAR_SANDBOX_EMAIL is missing or malformed: an address such as you@example.com whose domain takes mail, as Polar looks that up. Each buyer is you+something of it.",
    source.POLAR_SANDBOX_WEBHOOK_URL &&
      webhook?.protocol !== "https:" &&
      "POLAR_SANDBOX_WEBHOOK_URL is malformed: the https address of a tunnel to POLAR_SANDBOX_PORT of this machine.",
    webhook &&
      !(port > 0 && port < 65_536) &&
      "POLAR_SANDBOX_PORT is missing: the port that POLAR_SANDBOX_WEBHOOK_URL leads to.",
    source.POLAR_SANDBOX_API_URL &&
      api?.hostname !== "127.0.0.1" &&
      "POLAR_SANDBOX_API_URL is for a rehearsal with a local Polar alone: an address of 127.0.0.1.",
  ].filter((line) => typeof line === "string" && line !== "");
  if (wrong.length > 0) throw new Error(`The sandbox was not asked:\n  ${wrong.join("\n  ")}`);
  return {
    token,
    email,
    webhookOrigin: webhook?.origin ?? null,
    port: webhook ? port : null,
    apiUrl: api?.origin ?? null,
  };
}

/**
 * Makes sure that production does not know the token: only a 401 says so, and a Polar that does not answer says nothing.
 *
 * @throws when production took the token, or could not be asked.
 */
export async function refuseProduction(
  token: string,
  production = "https://api.polar.sh",
): Promise<void> {
  const answer = await fetch(`${production}/v1/organizations/?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(15_000),
  }).catch((error) => {
    throw new Error(
      `${production} could not be asked whether it knows POLAR_SANDBOX_TOKEN, which it must not: ${error}`,
    );
  });
  if (answer.status === 401) return;
  throw new Error(
    `${production} answered ${answer.status} to POLAR_SANDBOX_TOKEN, where 401 is what it says to a token of the sandbox. Nothing was done.`,
  );
}
