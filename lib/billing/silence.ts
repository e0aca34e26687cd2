import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

const silence = new AsyncLocalStorage<true>();

/**
 * Runs `work` so that what would happen once by it (a mail, a fulfilment) is recorded as done and does not
 * happen: for state that is rebuilt or taken over, whose mails went out long ago or never were ours to send.
 */
export function inSilence<T>(work: () => Promise<T>): Promise<T> {
  return silence.run(true, work);
}

/** Whether side effects are off just now. */
export function isSilent(): boolean {
  return silence.getStore() ?? false;
}
