import TinyQueue from "tinyqueue";
import { newId } from "../ids.ts";
import type { JobDoc, Work } from "../store/documents.ts";
import { addSeconds, type Instant, type Micros, toMicros } from "../time.ts";
import type { World } from "../world.ts";

/** Timers may not be set further ahead than this many milliseconds; they are set again then. */
const LONGEST_WAIT = 60_000;

/** Debounced work is not put off for longer than this many times its delay. */
const MOST_DEBOUNCES = 5;

export type Perform = (world: World, work: Work, due: Instant) => void;

/**
 * Work for later, in the order of its due dates on the simulated clock. What a job does is committed
 * together with its removal, so that a crash neither loses nor repeats one.
 */
export class Scheduler {
  readonly #world: World;
  readonly #perform: Perform;
  readonly #due = new TinyQueue<Alarm>([], byDate);
  readonly #soon = new TinyQueue<Alarm>([], byDate);
  #alarms = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(world: World, perform: Perform) {
    this.#world = world;
    this.#perform = perform;
    for (const job of world.jobs.values()) this.#setAlarm(job);
  }

  /** Schedules work for a date of the simulated clock. Two of the same key and date are one. */
  at(due: Instant, work: Work): void {
    this.#add(due, false, work, `${keyOf(work)}@${due}`);
  }

  /** Schedules work for as soon as possible, or a little later. */
  soon(work: Work, delayMs = 0): void {
    this.#add(addSeconds(this.#world.clock.now(), delayMs / 1000), true, work, newId());
  }

  /** As `soon`, but a call while one of the same work waits only puts that one off. */
  debounce(work: Work, delayMs: number): void {
    const { clock, jobs } = this.#world;
    const [waiting] = jobs.where("key", keyOf(work));
    const due = addSeconds(clock.now(), delayMs / 1000);
    if (!waiting) {
      this.#add(due, true, work, keyOf(work));
      return;
    }
    const latest = addSeconds(waiting.first_at, (delayMs * MOST_DEBOUNCES) / 1000);
    const next = due.localeCompare(latest) < 0 ? due : latest;
    // Removed and added again, so that it also comes after what was scheduled in between.
    jobs.remove(waiting.id);
    this.#setAlarm(jobs.put({ ...waiting, id: newId(), due: next }));
    this.wake();
  }

  /** Looks for due work once the running transaction is over. */
  wake(): void {
    this.#world.store.afterCommit(() => this.#arm());
  }

  /** Does what is due by now. */
  runDue(): void {
    while (!this.#closed) {
      const job = this.#next(this.#due);
      if (!job || toMicros(job.due) > this.#world.clock.micros()) break;
      this.#run(job);
    }
    this.#arm();
  }

  /** Does what waits for a moment only (grants, invoices, debounced states), without the wait. */
  runSoon(): number {
    let count = 0;
    for (;;) {
      this.runDue();
      const job = this.#next(this.#soon);
      if (!job) return count;
      this.#run(job, this.#world.clock.now());
      count += 1;
    }
  }

  /**
   * Moves the clock to `target`, doing what falls due on the way at its date: at most `limit` jobs a
   * call, so that the server can answer and deliver in between. The jobs of a call are committed together.
   */
  stepTo(target: Micros, limit: number): { done: boolean; jobs: number } {
    return this.#world.store.transaction(() => {
      for (let jobs = 0; jobs < limit; jobs += 1) {
        const job = this.#next(this.#due);
        if (!job || toMicros(job.due) > target) {
          this.#world.moveClock(target);
          this.wake();
          return { done: true, jobs };
        }
        this.#run(job);
      }
      return { done: false, jobs: limit };
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #add(due: Instant, soon: boolean, work: Work, key: string): void {
    const { jobs, clock } = this.#world;
    if (jobs.where("key", key).length) return;
    this.#setAlarm(jobs.put({ id: newId(), due, soon, key, first_at: clock.now(), work }));
    this.wake();
  }

  #setAlarm({ id, due, soon }: JobDoc): void {
    this.#alarms += 1;
    const alarm = { id, due, order: this.#alarms };
    this.#due.push(alarm);
    if (soon) this.#soon.push(alarm);
  }

  /** The job whose alarm goes first. Alarms of jobs that are done or were put off are passed over. */
  #next(alarms: TinyQueue<Alarm>): JobDoc | undefined {
    for (let alarm = alarms.peek(); alarm; alarm = alarms.peek()) {
      const job = this.#world.jobs.get(alarm.id);
      if (job) return job;
      alarms.pop();
    }
    return undefined;
  }

  /** Runs a job at its due date, or before it at `early`. */
  #run(job: JobDoc, early?: Instant): void {
    const { store, clock, jobs } = this.#world;
    try {
      store.savepoint(() => {
        jobs.remove(job.id);
        if (!early) this.#world.moveClock(toMicros(job.due));
        clock.standAt(early ?? job.due, () => this.#perform(this.#world, job.work, job.due));
      });
    } catch (error) {
      // A fault of ours must not stop the clock for everything behind it.
      console.error(`local polar: ${job.work.kind} failed and was given up`, error);
      store.transaction(() => jobs.remove(job.id));
    }
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const job = this.#next(this.#due);
    if (!job) return;
    const wait = (toMicros(job.due) - this.#world.clock.micros()) / 1000;
    this.#timer = setTimeout(
      () => this.runDue(),
      Math.min(Math.max(Math.ceil(wait), 0), LONGEST_WAIT),
    );
    this.#timer.unref();
  }
}

/** When a job is due; of the same date, in the order in which they were scheduled. */
interface Alarm {
  id: string;
  due: Instant;
  order: number;
}

function byDate(a: Alarm, b: Alarm): number {
  if (a.due === b.due) return a.order - b.order;
  return a.due < b.due ? -1 : 1;
}

function keyOf(work: Work): string {
  return Object.values(work).join(":");
}
