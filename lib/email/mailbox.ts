import "server-only";
import { env } from "@/lib/env";

/** The address of the local mail server's inbox; null where mail goes to real people. */
export function localMailbox(): string | null {
  return env().MAILBOX_URL ?? null;
}
