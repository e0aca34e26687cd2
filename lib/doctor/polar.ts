import "server-only";
import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { environmentStamp } from "@/db/schema";
import { missingOfCatalog } from "@/lib/billing/sync/sync";
import { isForbidden, isInvalid, isUnauthorized, polar } from "@/lib/polar";
import type { Check, Doctor } from "./doctor";
import { type Finding, fail, ok, together } from "./finding";

const one = { limit: 1 };

/** A read for each scope that the app needs. That it may write too, no read tells. */
const reads: Readonly<Record<string, () => Promise<unknown>>> = {
  products: () => polar().products.list(one),
  benefits: () => polar().benefits.list(one),
  meters: () => polar().meters.list(one),
  customers: () => polar().customers.list(one),
  customer_meters: () => polar().customerMeters.list(one),
  checkouts: () => polar().checkouts.list(one),
  orders: () => polar().orders.list(one),
  refunds: () => polar().refunds.list(one),
  subscriptions: () => polar().subscriptions.list(one),
  webhooks: () => polar().webhooks.listWebhookEndpoints(one),
};

const needed = "Make a token with the scopes that README names under Going live.";

async function refusedScopes(): Promise<string[]> {
  const asked = Object.entries(reads).map(async ([scope, read]) => {
    try {
      await read();
      return [];
    } catch (error) {
      if (isForbidden(error)) return [scope];
      throw error;
    }
  });
  return (await Promise.all(asked)).flat();
}

async function organization({ stands }: Doctor): Promise<Finding[]> {
  const [found] = (await polar().organizations.list(one)).items;
  if (!found) return [fail("The token belongs to no organization.", needed)];
  const [stamp] = (await stands("database")) ? await db().select().from(environmentStamp) : [];
  if (stamp?.polarOrganizationId && stamp.polarOrganizationId !== found.id)
    return [
      fail(
        `The token is that of ${found.name}, the database holds another organization's state.`,
        "Use that organization's token, or a database of its own.",
      ),
    ];
  return [ok(`Polar accepts the token, of the organization ${found.name}.`)];
}

/** The token, and which Polar it is for. */
export const productionTokens: Check = async (doctor) => {
  const { POLAR_ENVIRONMENT } = doctor.env;
  const isProduction =
    POLAR_ENVIRONMENT === "production"
      ? ok("POLAR_ENVIRONMENT is production.")
      : fail(
          `POLAR_ENVIRONMENT is ${POLAR_ENVIRONMENT}: nobody pays real money.`,
          "Set POLAR_ENVIRONMENT=production with a token, a database and a webhook secret of its own.",
        );
  try {
    const [found, refused] = await Promise.all([organization(doctor), refusedScopes()]);
    const scopes =
      refused.length > 0
        ? fail(`It lacks the scopes of ${refused.join(", ")}.`, needed)
        : ok("It may read all that is needed.");
    return together([isProduction, ...found, scopes]);
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    const refusal = fail(
      `Polar (${POLAR_ENVIRONMENT}) refuses POLAR_ACCESS_TOKEN; one of another environment counts as none.`,
      needed,
    );
    return together([isProduction, refusal]);
  }
};

/** Asks for a session of a customer that there is not: Polar looks at the token first, and then makes none. */
export const portal: Check = async () => {
  try {
    await polar().customerSessions.create({ external_customer_id: `nobody-${randomUUID()}` });
  } catch (error) {
    if (isInvalid(error)) return ok("The token may open the customer portal.");
    if (isForbidden(error))
      return fail(
        "The token may not open the customer portal.",
        "Give it customer_sessions:write.",
      );
    throw error;
  }
  return fail("Polar has made a session of a customer that there is not.", "Ask Polar's support.");
};

export const catalog: Check = async () => {
  const changes = await missingOfCatalog();
  return changes.length === 0
    ? ok("Polar holds what the catalog says.")
    : fail(
        `Polar differs from the catalog: ${changes.map(({ action, what }) => `${action} ${what}`).join("; ")}.`,
        "Run `npm run polar:sync -- --apply`.",
      );
};
