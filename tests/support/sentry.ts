import type { HttpSink } from "./http-sink";

/** An error as Sentry's protocol has it, as far as we write it. */
export type ReportedError = {
  environment: string;
  tags: Record<string, string>;
  contexts: { trace?: { trace_id: string } };
  exception: {
    values: { type: string; value: string; stacktrace?: { frames: { function?: string }[] } }[];
  };
};

/** A DSN that leads to a sink: its key, and its project. */
export const dsnOf = ({ port }: { port: number }) => `http://key@127.0.0.1:${port}/42`;

/** All errors that a sink was sent. */
export function errorsIn({ taken }: HttpSink): ReportedError[] {
  return taken
    .filter(({ path }) => path.startsWith("/api/42/envelope/"))
    .map(({ body }) => JSON.parse(body.split("\n")[2] ?? ""));
}
