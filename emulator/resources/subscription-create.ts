import { customerByExternalId } from "../engine/customers.ts";
import { isFree, isStatic } from "../engine/prices.ts";
import { becomeTeam } from "../engine/seats.ts";
import { openSubscription } from "../engine/subscription-start.ts";
import { invalidRequest, invalidValue } from "../http/errors.ts";
import { type Call, created } from "../http/router.ts";
import { metadata, object, optional, parse, string, uuid, withDefault } from "../http/schema.ts";
import { currentPrices } from "../serializers/product.ts";
import { serializeSubscription } from "../serializers/subscription.ts";
import type { CustomerDoc, ProductDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

const creation = object({
  product_id: uuid(),
  customer_id: optional(uuid()),
  external_customer_id: optional(string()),
  metadata: withDefault(metadata(), {}),
});

/** The product, which must be one that costs nothing: others are for checkouts. */
function freeProduct(world: World, id: string): ProductDoc {
  const refuse = (msg: string) => invalidValue(["body", "product_id"], msg, id);
  const product = world.products.get(id);
  if (!product) throw refuse("Product does not exist.");
  if (!product.recurring_interval) throw refuse("Product is not a recurring product.");
  const prices = currentPrices(product);
  const first = prices.find(isStatic) ?? prices[0];
  if (first && !isFree(first))
    throw refuse(
      "Product is not free. The customer should go through a checkout to create a paid subscription.",
    );
  return product;
}

type Creation = ReturnType<typeof creation.read>;

function customerOf(world: World, { customer_id, external_customer_id }: Creation): CustomerDoc {
  const field = customer_id ? "customer_id" : "external_customer_id";
  const given = customer_id ?? external_customer_id;
  if (given === undefined)
    throw invalidRequest([
      { type: "missing", loc: ["body", "customer_id"], msg: "Field required", input: null },
    ]);
  const found = customer_id ? world.customers.get(given) : customerByExternalId(world, given);
  if (!found || found.deleted_at)
    throw invalidValue(["body", field], "Customer does not exist.", given);
  return found;
}

/** Subscribes a customer to a free product, without checkout and order. */
export function createSubscription({ world, body }: Call) {
  const wanted = parse(creation, body);
  const product = freeProduct(world, wanted.product_id);
  const customer = customerOf(world, wanted);
  const subscription = openSubscription(world, {
    product,
    customer_id: customer.id,
    metadata: wanted.metadata,
  });
  world.scheduler.soon({ kind: "grants.sync", subscription_id: subscription.id, cycle: false });
  if (subscription.seats !== null) becomeTeam(world, customer.id);
  return created(serializeSubscription(world, subscription));
}
