export type Format = "png" | "svg";

export type Problem = {
  code: string;
  message: string;
  action?: { label: string; href: string };
};

export type Made = { url: string; fileName: string; text: string; remaining: number | null };

export type Order = { text: string; format: Format; foreground?: string; background?: string };

type Outcome = { ok: true; made: Made } | { ok: false; problem: Problem };

const offline: Problem = {
  code: "network",
  message: "The server could not be reached. Check your connection and try again.",
};

const broken: Problem = {
  code: "unexpected",
  message: "The code could not be made. Try again in a moment.",
};

function isProblem(body: unknown): body is { error: Problem } {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "message" in error;
}

/** `key` is the same when the same order is sent again: a repeat after a lost answer isn't counted twice. */
export async function makeCode(order: Order, key: string): Promise<Outcome> {
  try {
    const response = await fetch("/api/qr", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(order),
    });
    if (!response.ok) {
      const body: unknown = await response.json().catch(() => null);
      return { ok: false, problem: isProblem(body) ? body.error : broken };
    }
    const remaining = response.headers.get("x-codes-remaining");
    return {
      ok: true,
      made: {
        url: URL.createObjectURL(await response.blob()),
        fileName: `qr-code.${order.format}`,
        text: order.text,
        remaining: remaining === null ? null : Number(remaining),
      },
    };
  } catch {
    return { ok: false, problem: offline };
  }
}
