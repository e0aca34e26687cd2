import type { KeyRequest } from "@/lib/api-keys/request";

type Created = { token: string } | { failure: string };

const broken = "The key could not be made. Please try again in a moment.";

function messageOf(body: unknown): string {
  const { error } = (body ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === "string" ? error.message : broken;
}

/** Asks the server for a key. The answer is the only time that its token is told. */
export async function createKey(wanted: KeyRequest): Promise<Created> {
  try {
    const response = await fetch("/api/keys", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wanted),
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) return { failure: messageOf(body) };
    return { token: (body as { token: string }).token };
  } catch {
    return { failure: "The server could not be reached. Check your connection and try again." };
  }
}
