import fc from "fast-check";
import { step } from "../../support/customer-steps";
import { liveBatch } from "./batch";
import { setStage } from "./stage";

const batchSize = 4;

/** A life begins with a purchase, so that there is something to tell. */
const lifetime = fc
  .tuple(
    fc.record({
      do: fc.constant("buy" as const),
      product: fc.constantFrom("plan", "trial", "yearly", "pack"),
      card: fc.constant("pm_card_visa"),
    }),
    fc.array(step, { minLength: 1, maxLength: 5 }),
  )
  .map(([first, rest]) => [first, ...rest]);

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
  const batches = Math.ceil(options.runs / batchSize);
  try {
    const result = await fc.check(
      fc.asyncProperty(
        fc.array(lifetime, { minLength: batchSize, maxLength: batchSize }),
        fc.integer(),
        async (lives, chaos) => {
          webhooks += await liveBatch(stage, lives, chaos);
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
  return { lives: batches * batchSize, webhooks, seed, seconds };
}
