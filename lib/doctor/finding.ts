/** `ask` waits for a person's answer; with it or a `fail` one may not go live, with a `warn` one may. */
export type Verdict = "ok" | "warn" | "ask" | "fail";

/** What a check has found, in sentences, and what is to be done; null where that is nothing. */
export type Finding = { verdict: Verdict; found: string; todo: string | null };

const worse: readonly Verdict[] = ["ok", "warn", "ask", "fail"];

export const ok = (found: string): Finding => ({ verdict: "ok", found, todo: null });
export const warn = (found: string, todo: string): Finding => ({ verdict: "warn", found, todo });
export const ask = (found: string, todo: string): Finding => ({ verdict: "ask", found, todo });
export const fail = (found: string, todo: string): Finding => ({ verdict: "fail", found, todo });

/** Several findings as one: the worst verdict, what was wrong before what was right. */
export function together(findings: readonly Finding[]): Finding {
  const ordered = findings.toSorted((a, b) => worse.indexOf(b.verdict) - worse.indexOf(a.verdict));
  const todos = new Set(ordered.flatMap(({ todo }) => (todo ? [todo] : [])));
  return {
    verdict: ordered[0]?.verdict ?? "ok",
    found: ordered.map(({ found }) => found).join(" "),
    todo: todos.size > 0 ? [...todos].join(" ") : null,
  };
}
