import { isNotFound, type models, patiently, polar } from "@/lib/polar";

const over: models.SubscriptionStatus[] = ["canceled", "incomplete_expired"];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function forget(customer: models.Customer): Promise<void> {
  const subscriptions = await patiently(() =>
    all(polar().subscriptions.iterList({ customer_id: customer.id, limit: 100 })),
  );
  for (const { id, status } of subscriptions)
    if (!over.includes(status)) await patiently(() => polar().subscriptions.revoke(id));
  try {
    await patiently(() => polar().customers.delete(customer.id));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/**
 * Takes a run's traces off Polar: the subscriptions of its buyers, known by the mark in their addresses, then the buyers.
 * The catalog stays, for the next run.
 *
 * @returns how many buyers there were.
 * @throws what Polar says where something stays.
 */
export async function cleanUp(mark: string): Promise<number> {
  const found = await patiently(() => all(polar().customers.iterList({ query: mark, limit: 100 })));
  const buyers = found.filter(({ email }) => email?.includes(mark));
  for (const buyer of buyers) await forget(buyer);
  return buyers.length;
}
