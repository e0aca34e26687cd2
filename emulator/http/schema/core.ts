import { type Issue, invalidRequest } from "../errors.ts";

export type Loc = (string | number)[];

/** Stands for a value that was not sent at all, which is something else than null. */
export const MISSING = Symbol("missing");

/** Reports what is wrong with a value. */
export type Fail = (type: string, msg: string) => undefined;

/** Reads one value; problems go to `issues`, with the messages that Pydantic would give. */
export interface Schema<T> {
  read(value: unknown, loc: Loc, issues: Issue[]): T;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

/** Reads with `schema` or throws a 422 with everything that is wrong. */
export function parse<T>(schema: Schema<T>, value: unknown, loc: Loc = ["body"]): T {
  const issues: Issue[] = [];
  const result = schema.read(value, loc, issues);
  if (issues.length) throw invalidRequest(issues);
  return result;
}

/**
 * A schema out of a function that returns the value, or reports a problem and returns nothing.
 * What a failed read returns is never seen: `parse` throws first.
 */
export function schema<T>(read: (value: unknown, fail: Fail) => T | undefined): Schema<T> {
  return {
    read(value, loc, issues) {
      const fail = (type: string, msg: string) => {
        issues.push({ type, loc, msg, input: value === MISSING ? null : value });
        return undefined;
      };
      const result = value === MISSING ? fail("missing", "Field required") : read(value, fail);
      return result as T;
    },
  };
}

/** Anything at all, for what is stored but not looked at. */
export function unknown(): Schema<unknown> {
  return { read: (value) => (value === MISSING ? undefined : value) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Only the fields that were sent. */
export function defined<T extends object>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
