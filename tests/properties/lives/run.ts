import fc from "fast-check";
import { type Step, step } from "../../support/customer-steps";
import { liveBatch } from "./batch";
import { setStage } from "./stage";

const batchSize = 4;

const purchase = (...products: ("plan" | "trial" | "yearly" | "pack")[]) =>
  fc.record({
    do: fc.constant("buy" as const),
    product: fc.constantFrom(...products),
    card: fc.constant("pm_card_visa"),
  });
const wait = (min: number, max: number) =>
  fc.record({ do: fc.constant("advance" as const), days: fc.integer({ min, max }) });

/** A life begins with a purchase, so that there is something to tell. */
const anyLife = fc
  .tuple(
    purchase("plan", "trial", "yearly", "pack"),
    fc.array(step, { minLength: 1, maxLength: 5 }),
  )
  .map(([first, rest]): Step[] => [first, ...rest]);

/** One that goes on after its trial and uses more than its allowance, by the month and by the year. */
const busyLife = fc
  .tuple(
    purchase("trial", "yearly"),
    wait(15, 20),
    fc.record({ do: fc.constant("use" as const), units: fc.integer({ min: 5_500, max: 60_000 }) }),
    wait(31, 40),
    fc.array(step, { maxLength: 3 }),
  )
  .map(([first, trial, use, month, rest]): Step[] => [first, trial, use, month, ...rest]);

const lifetime = fc.oneof({ weight: 4, arbitrary: anyLife }, { weight: 1, arbitrary: busyLife });

/**
 * Lives `runs` random lives, four at a time, and says how it went.
 *
 * @param seed what all random choices follow from; any when it is left out.
 * @param path of a failure, as it was printed: lives that batch alone.
 * @throws with the seed and path of the first batch that ends differently, and how to replay it.
 */
export async function runLives(options: { runs: number; seed?: number; path?: string }) {
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const started = performance.now();
  const stage = await setStage();
  let webhooks = 0;
  const reasons: Record<string, number> = {};
  const batches = Math.ceil(options.runs / batchSize);
  try {
    const result = await fc.check(
      fc.asyncProperty(
        fc.array(lifetime, { minLength: batchSize, maxLength: batchSize }),
        fc.integer(),
        async (lives, chaos) => {
          const batch = await liveBatch(stage, lives, chaos);
          webhooks += batch.webhooks;
          for (const [reason, n] of Object.entries(batch.reasons))
            reasons[reason] = (reasons[reason] ?? 0) + n;
        },
      ),
      {
        numRuns: batches,
        seed,
        endOnFailure: true,
        ...(options.path ? { path: options.path } : {}),
      },
    );
    if (result.failed) {
      const reason = result.errorInstance instanceof Error ? result.errorInstance.message : "";
      throw new Error(
        `${reason}\nReplay it with: npm run lives -- --seed ${seed} --path "${result.counterexamplePath}"`,
      );
    }
  } finally {
    await stage.close();
  }
  const seconds = (performance.now() - started) / 1000;
  return { lives: batches * batchSize, webhooks, reasons, seed, seconds };
}
