import { expect, test } from "vitest";
import type { createTracker, reserve, spend, track } from "@/lib/usage";

const options = { idempotencyKey: "k" };

// Never called: that it compiles, and that what is expected to fail does, is the test. `tsc` runs it.
type Count =
  | typeof track
  | typeof spend
  | typeof reserve
  | ReturnType<typeof createTracker>["track"];
async function compiles(count: Count): Promise<void> {
  await count("w", "qr_code.generated", { units: 1 }, options);
  await count("w", "qr_code.generated", { units: 1, format: "svg" }, { ...options, source: "k" });
  // @ts-expect-error the catalog has no such event
  await count("w", "qr_code.eaten", { units: 1 }, options);
  // @ts-expect-error the units are missing
  await count("w", "qr_code.generated", {}, options);
  // @ts-expect-error units are a number
  await count("w", "qr_code.generated", { units: "1" }, options);
  // @ts-expect-error there is no such property
  await count("w", "qr_code.generated", { units: 1, colour: "red" }, options);
  // @ts-expect-error there is no such format
  await count("w", "qr_code.generated", { units: 1, format: "gif" }, options);
  // @ts-expect-error whoever counts names the piece of work
  await count("w", "qr_code.generated", { units: 1 }, {});
}

test("names and metadata of events are checked by the compiler", () => {
  expect(compiles).toBeTypeOf("function");
});
