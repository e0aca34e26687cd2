import "server-only";
import { z } from "zod";
import { logger } from "../logger";
import { reportError } from "./report";
import { stormLimit } from "./storm";

/** Anybody can send these: apart from the server's own, and few. */
const isLetThrough = stormLimit({ each: 3, all: 20 });

const schema = z.object({
  name: z.string().max(100),
  message: z.string().max(1000),
  stack: z.string().max(8000),
  path: z.string().max(300).startsWith("/"),
});

/**
 * Takes what a page of ours tells of an error in its browser, logs and reports it.
 *
 * @param body JSON: `name`, `message`, `stack` and the page's `path`.
 * @returns false when it is not that.
 */
export function reportBrowserError(body: string): boolean {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return false;
  }
  const { success, data } = schema.safeParse(given);
  if (!success) return false;
  const { name, message, stack } = data;
  const path = data.path.split("?", 1)[0];
  const error = Object.assign(new Error(message), { name, stack });
  if (!isLetThrough(error)) return true;
  logger.warn({ err: error, path }, "A page failed in a browser");
  reportError(error, { where: "browser", path });
  return true;
}
