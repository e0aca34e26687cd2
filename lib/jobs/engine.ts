import "server-only";
import type { RunnerOptions, WorkerEvents, WorkerPool } from "graphile-worker";
import { engineLogger } from "./log";
import { giveSign, type Patience } from "./sign-of-life";

/** Jobs are taken only by a worker whose death would be noticed. */
const heardBeforeItsFirstJob = (patience: Patience): GraphileConfig.Plugin => ({
  name: "SignOfLifePlugin",
  worker: {
    hooks: {
      async startWorker(_, { worker }) {
        await giveSign(worker.workerPool.id, patience);
      },
    },
  },
});

/** What the job engine is told however long it runs. Signals are the process's own affair. */
export const engineOptions = (events: WorkerEvents, patience: Patience) =>
  ({
    events,
    noHandleSignals: true,
    logger: engineLogger,
    preset: {
      plugins: [heardBeforeItsFirstJob(patience)],
      // Without these the engine's end does not wait until a job that is done is noted as done.
      worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  }) satisfies RunnerOptions;

/** The engine's pool of workers, once there is one; by its id jobs are locked. In an object, as a pool is a promise itself. */
export const poolOf = (events: WorkerEvents) =>
  new Promise<{ pool: WorkerPool }>((resolve) => {
    events.once("pool:create", ({ workerPool }) => resolve({ pool: workerPool }));
  });
