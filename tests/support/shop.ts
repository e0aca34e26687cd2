import { afterAll, beforeAll } from "vitest";
import { closeDb } from "@/db/client";
import { pullProducts } from "@/lib/billing/mirror/pull";
import { syncCatalog } from "@/lib/billing/sync/sync";
import { buyerIn } from "./buyer";
import { ownWorld, type World } from "./world";

/**
 * A world of the test file's own whose catalog is for sale, there from before its first test until after its
 * last. Its webhooks go nowhere.
 */
export function ownShop() {
  let open: { world: World; buyer: ReturnType<typeof buyerIn> } | undefined;
  const needed = () => {
    if (!open) throw new Error("The shop opens before the first test, not earlier.");
    return open;
  };
  beforeAll(async () => {
    const world = await ownWorld();
    open = { world, buyer: buyerIn(world) };
    await syncCatalog(true);
    await pullProducts();
  });
  afterAll(async () => {
    await open?.world.close();
    await closeDb();
  });
  return {
    get world() {
      return needed().world;
    },
    get buyer() {
      return needed().buyer;
    },
  };
}
