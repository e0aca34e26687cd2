import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { webhookInbox } from "@/db/schema";
import { endpointFaults, findEndpoint, webhookUrl } from "@/lib/billing/webhooks/endpoint";
import { complaintsOf, webhookStatus } from "@/lib/billing/webhooks/status";
import { signedHeaders } from "@/lib/http/standard-webhook";
import { askApp, type Check, type Doctor } from "./doctor";
import { type Finding, fail, ok, together, warn } from "./finding";

/** Of no kind that carries state: it is stored and ignored. */
const probeType = "northstar.probe";

function aProbe(): { id: string; body: string } {
  const body = JSON.stringify({ type: probeType, timestamp: new Date().toISOString(), data: {} });
  return { id: `doctor-${randomUUID()}`, body };
}

const deliver = (doctor: Doctor, body: string, headers: Record<string, string>) =>
  askApp(doctor, "/api/webhooks/polar", { method: "POST", body, headers });

async function endpoint({ stands }: Doctor): Promise<Finding[]> {
  if (!(await stands("polar"))) return [];
  const found = await findEndpoint();
  if (!found)
    return [
      fail(
        `Polar has no webhook endpoint for ${webhookUrl()}.`,
        "Run `npm run polar:sync -- --apply`.",
      ),
    ];
  const faults = endpointFaults(found);
  const isAsWanted =
    faults.length > 0
      ? fail(
          `The endpoint at Polar ${faults.join(", and ")}.`,
          found.enabled
            ? "Run `npm run polar:sync -- --apply`."
            : "Run `npm run polar:status -- --enable`, which also fetches what was missed.",
        )
      : ok("The endpoint is enabled at Polar, with our events and API version.");
  if (!found.enabled) return [isAsWanted];
  const status = await webhookStatus();
  const complaints = complaintsOf(status).map((said) => warn(said, "Run `npm run polar:status`."));
  return [isAsWanted, ...complaints];
}

/** Takes a probe out of the inbox. @returns whether it was there. */
async function forget(id: string): Promise<boolean> {
  const gone = await db()
    .delete(webhookInbox)
    .where(eq(webhookInbox.webhookId, id))
    .returning({ id: webhookInbox.webhookId });
  return gone.length > 0;
}

/** Sends itself a webhook as Polar would, and takes it out of the inbox again. */
async function probe(doctor: Doctor, secret: string): Promise<Finding> {
  const { id, body } = aProbe();
  const { status } = await deliver(doctor, body, signedHeaders({ id, body }, secret));
  const isStored = await forget(id);
  if (status >= 300 && status < 400)
    return fail(
      `${webhookUrl()} redirects, which Polar does not follow.`,
      "Set APP_URL to the address that answers itself.",
    );
  if (status !== 202)
    return fail(
      `${webhookUrl()} answered ${status} to a rightly signed webhook.`,
      "Give the app that runs there this POLAR_WEBHOOK_SECRET, and look into its log.",
    );
  return isStored
    ? ok("A signed probe was stored and answered 202.")
    : fail(
        `${webhookUrl()} took a probe in, but not into this database.`,
        "Give the app that runs there and this command the same DATABASE_URL.",
      );
}

export const webhookEndpoint: Check = async (doctor) => {
  const probes = doctor.env.POLAR_WEBHOOK_SECRET.map((secret) => probe(doctor, secret));
  return together([...(await endpoint(doctor)), ...(await Promise.all(probes))]);
};

const forged = {
  "without a signature": () => ({ "content-type": "application/json" }),
  "with another's signature": (webhook) => signedHeaders(webhook, `whsec_${randomUUID()}`),
  "signed an hour ago": (webhook, [secret = ""]) =>
    signedHeaders(webhook, secret, Math.floor(Date.now() / 1000) - 3600),
} satisfies Record<
  string,
  (webhook: ReturnType<typeof aProbe>, secrets: readonly string[]) => Record<string, string>
>;

async function secretAtPolar({ env, stands }: Doctor): Promise<Finding[]> {
  const found = (await stands("polar")) ? await findEndpoint() : null;
  if (!found) return [];
  return env.POLAR_WEBHOOK_SECRET.includes(found.secret)
    ? [ok("POLAR_WEBHOOK_SECRET is the endpoint's.")]
    : [
        fail(
          "POLAR_WEBHOOK_SECRET is not the secret of the endpoint at Polar: every webhook is refused.",
          "Copy the endpoint's secret from Polar's Settings → Webhooks.",
        ),
      ];
}

export const signatureVerification: Check = async (doctor) => {
  const tried = Object.entries(forged).map(async ([how, headersOf]) => {
    const webhook = aProbe();
    const headers = headersOf(webhook, doctor.env.POLAR_WEBHOOK_SECRET);
    const { status } = await deliver(doctor, webhook.body, headers);
    if (status < 300) await forget(webhook.id);
    return status === 401 || status === 403
      ? ok(`A webhook ${how} is answered ${status}.`)
      : fail(
          `A webhook ${how} is answered ${status} instead of 403.`,
          "Do not go live: see that app/api/webhooks/polar verifies what it takes in.",
        );
  });
  return together([...(await secretAtPolar(doctor)), ...(await Promise.all(tried))]);
};
