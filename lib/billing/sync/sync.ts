import "server-only";
import { type models, polar } from "@/lib/polar";
import { catalogKeyField } from "../catalog-key";
import { endpointFaults, wantedEndpoint, webhookUrl } from "../webhooks/endpoint";
import { type DesiredBenefit, desiredBenefits, desiredMeter, desiredProducts } from "./desired";
import { productCreation, productUpdate } from "./products";
import { type Remote, readRemote } from "./remote";

/** One thing that Polar lacks, in words. */
type Change = { action: "create" | "update" | "archive"; what: string };

/**
 * What a sync found or did. `secret` is the webhook endpoint's, null while there is none; one of an endpoint
 * that was just made is to be shown once and kept.
 */
export type SyncResult = { changes: Change[]; secret: string | null; isNewEndpoint: boolean };

/** An id that exists only once the changes are applied; a plan shows changes without it. */
const later = "00000000-0000-0000-0000-000000000000";

type Run = { apply: boolean; changes: Change[]; remote: Remote };

async function act<T>(run: Run, change: Change, work: () => Promise<T>): Promise<T | null> {
  run.changes.push(change);
  return run.apply ? await work() : null;
}

async function syncMeter(run: Run): Promise<string> {
  const wanted: models.MeterCreate = {
    name: desiredMeter.name,
    metadata: { [catalogKeyField]: desiredMeter.key },
    filter: {
      conjunction: "and",
      clauses: [{ property: "name", operator: "eq", value: desiredMeter.event }],
    },
    aggregation: { func: "sum", property: desiredMeter.property },
  };
  const found = run.remote.meters.get(desiredMeter.key);
  if (!found) {
    const made = await act(run, { action: "create", what: `meter ${desiredMeter.key}` }, () =>
      polar().meters.create(wanted),
    );
    return made?.id ?? later;
  }
  if (found.name !== wanted.name) {
    await act(run, { action: "update", what: `meter ${desiredMeter.key}: name` }, () =>
      polar().meters.update(found.id, { name: wanted.name }),
    );
  }
  return found.id;
}

function benefitBody(
  benefit: DesiredBenefit,
  meterId: string,
): models.BenefitFeatureFlagCreate | models.BenefitMeterCreditCreate {
  const about = { description: benefit.description, metadata: { [catalogKeyField]: benefit.key } };
  return benefit.type === "feature_flag"
    ? { ...about, type: "feature_flag", properties: {} }
    : {
        ...about,
        type: "meter_credit",
        properties: { units: benefit.units, rollover: benefit.rollover, meter_id: meterId },
      };
}

function isSameBenefit(found: models.Benefit, benefit: DesiredBenefit): boolean {
  if (found.type !== benefit.type || found.description !== benefit.description) return false;
  return (
    found.type !== "meter_credit" ||
    benefit.type !== "meter_credit" ||
    (found.properties.units === benefit.units && found.properties.rollover === benefit.rollover)
  );
}

async function syncBenefits(run: Run, meterId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const benefit of desiredBenefits()) {
    const found = run.remote.benefits.get(benefit.key);
    const body = benefitBody(benefit, meterId);
    if (!found) {
      const made = await act(run, { action: "create", what: `benefit ${benefit.key}` }, () =>
        polar().benefits.create(body),
      );
      ids.set(benefit.key, made?.id ?? later);
      continue;
    }
    ids.set(benefit.key, found.id);
    if (!isSameBenefit(found, benefit)) {
      await act(run, { action: "update", what: `benefit ${benefit.key}` }, () =>
        polar().benefits.update(found.id, body),
      );
    }
  }
  return ids;
}

async function syncProducts(
  run: Run,
  meterId: string,
  benefitIds: Map<string, string>,
): Promise<void> {
  const desired = desiredProducts();
  for (const product of desired) {
    let found = run.remote.products.get(product.key) ?? null;
    if (!found) {
      found = await act(run, { action: "create", what: `product ${product.key}` }, () =>
        polar().products.create(productCreation(product, meterId)),
      );
    } else {
      const { id } = found;
      const update = productUpdate(found, product, meterId);
      if (update) {
        await act(
          run,
          { action: "update", what: `product ${product.key}: ${update.changes.join(", ")}` },
          () => polar().products.update(id, update.body),
        );
      }
    }
    const wanted = product.benefits.map((key) => benefitIds.get(key) ?? later);
    const current = new Set(found?.benefits.map((benefit) => benefit.id));
    if (current.size !== wanted.length || wanted.some((id) => !current.has(id))) {
      const id = found?.id;
      await act(run, { action: "update", what: `product ${product.key}: benefits` }, async () => {
        if (id) await polar().products.updateBenefits(id, { benefits: wanted });
      });
    }
  }
  const keys = new Set(desired.map((product) => product.key));
  for (const [key, product] of run.remote.products) {
    if (keys.has(key) || product.is_archived) continue;
    await act(run, { action: "archive", what: `product ${key}` }, () =>
      polar().products.update(product.id, { is_archived: true }),
    );
  }
}

async function syncEndpoint(run: Run): Promise<Omit<SyncResult, "changes">> {
  const url = webhookUrl();
  const found = run.remote.endpoints.find((endpoint) => endpoint.url === url);
  if (!found) {
    const made = await act(run, { action: "create", what: `webhook endpoint ${url}` }, () =>
      polar().webhooks.createWebhookEndpoint({ url, ...wantedEndpoint }),
    );
    return { secret: made?.secret ?? null, isNewEndpoint: true };
  }
  if (endpointFaults(found).length > 0)
    await act(run, { action: "update", what: `webhook endpoint ${url}` }, () =>
      polar().webhooks.updateWebhookEndpoint(found.id, { ...wantedEndpoint, enabled: true }),
    );
  return { secret: found.secret, isNewEndpoint: false };
}

async function syncGoods(run: Run): Promise<void> {
  const meterId = await syncMeter(run);
  await syncProducts(run, meterId, await syncBenefits(run, meterId));
}

/** What Polar lacks of the catalog's meter, benefits and products. @throws what Polar's API throws. */
export async function missingOfCatalog(): Promise<Change[]> {
  const run: Run = { apply: false, changes: [], remote: await readRemote() };
  await syncGoods(run);
  return run.changes;
}

/**
 * Makes Polar hold what the catalog says: the meter, benefits, products and the webhook endpoint, found by
 * the key in their metadata. Idempotent; what the catalog no longer has is archived, never deleted.
 *
 * @param apply false only tells what would change.
 * @throws what Polar's API throws; what was changed by then stays, and the next run goes on from there.
 */
export async function syncCatalog(apply: boolean): Promise<SyncResult> {
  const run: Run = { apply, changes: [], remote: await readRemote() };
  await syncGoods(run);
  const endpoint = await syncEndpoint(run);
  return { changes: run.changes, ...endpoint };
}
