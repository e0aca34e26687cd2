/** An error for the caller: a stable code, a plain sentence and, where there is one, the way out. */
export type Problem = { code: string; message: string; action?: { label: string; href: string } };

export function problem(status: number, error: Problem, headers?: HeadersInit): Response {
  return Response.json({ error }, { status, headers: { "cache-control": "no-store", ...headers } });
}
