import { afterAll, beforeAll } from "vitest";
import { closeDb } from "@/db/client";
import type { EmulatorOptions } from "@/emulator/server";
import { pullProducts } from "@/lib/billing/mirror/pull";
import { reconcile } from "@/lib/billing/reconcile/run";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { buyerIn } from "./buyer";
import { startReceiver } from "./receiver";
import { ownWorld } from "./world";

/** What is there from before a file's first test until after its last. */
function opened<T>(open: () => Promise<T>, close: (opened: T) => Promise<void> | void): () => T {
  let there: { value: T } | undefined;
  beforeAll(async () => {
    there = { value: await open() };
  });
  afterAll(async () => {
    if (there) await close(there.value);
    await closeDb();
  });
  return () => {
    if (!there) throw new Error("It opens before the first test, not earlier.");
    return there.value;
  };
}

/** Gives the test file a database and a local Polar of its own. */
export function withWorld(): void {
  opened(ownWorld, (world) => world.close());
}

/** The same with the catalog for sale, and a receiver to which its webhooks come; in step with Polar. */
export function toldShop(options?: EmulatorOptions) {
  const shop = opened(
    async () => {
      const world = await ownWorld(options);
      const receiver = await startReceiver(world);
      await reconcile();
      return { world, receiver, buyer: buyerIn(world) };
    },
    async ({ world, receiver }) => {
      receiver.close();
      await world.close();
    },
  );
  return {
    get world() {
      return shop().world;
    },
    get receiver() {
      return shop().receiver;
    },
    get buyer() {
      return shop().buyer;
    },
    /** Waits until all that has happened at Polar is told here and applied. */
    async settled(): Promise<void> {
      await shop().buyer.settle();
      await shop().receiver.applied();
    },
  };
}

/**
 * A world of the test file's own whose catalog is for sale, there from before its first test until after its
 * last. Its webhooks go nowhere.
 */
export function ownShop() {
  const shop = opened(
    async () => {
      const world = await ownWorld();
      await syncCatalog(true);
      await pullProducts();
      return { world, buyer: buyerIn(world) };
    },
    ({ world }) => world.close(),
  );
  return {
    get world() {
      return shop().world;
    },
    get buyer() {
      return shop().buyer;
    },
  };
}
