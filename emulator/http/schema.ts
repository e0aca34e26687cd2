import { isUuid } from "../ids.ts";
import { type Instant, parseInstant, toInstant } from "../time.ts";
import { type Issue, invalidRequest } from "./errors.ts";

type Loc = (string | number)[];
type Metadata = Record<string, string | number | boolean>;

const MISSING = Symbol("missing");

/** Numbers from here on are no seconds of Unix any more: Pydantic takes them for milliseconds. */
const LATEST_SECONDS = 20_000_000_000;

const LONGEST_URL = 2083;

type Fail = (type: string, msg: string) => undefined;

/** Reads one value; problems go to `issues`, with the messages that Pydantic would give. */
export interface Schema<T> {
  read(value: unknown, loc: Loc, issues: Issue[]): T;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

type Shape = Record<string, Schema<unknown>>;
type ShapeOf<S extends Shape> = { [K in keyof S]: Infer<S[K]> };

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
function schema<T>(
  read: (value: unknown, fail: (type: string, msg: string) => undefined) => T | undefined,
): Schema<T> {
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

export function string(
  limits: { min?: number; max?: number; pattern?: RegExp } = {},
): Schema<string> {
  return schema((value, fail) => {
    if (typeof value !== "string") return fail("string_type", "Input should be a valid string");
    const text = value.trim();
    const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = limits;
    const plural = (n: number) => (n === 1 ? "character" : "characters");
    if (text.length < min)
      return fail("string_too_short", `String should have at least ${min} ${plural(min)}`);
    if (text.length > max)
      return fail("string_too_long", `String should have at most ${max} ${plural(max)}`);
    if (pattern && !pattern.test(text))
      return fail("string_pattern_mismatch", `String should match pattern '${pattern.source}'`);
    return text;
  });
}

/** A number, or a string that holds one, as query strings and Pydantic's lax mode allow. */
export function number(limits: { min?: number; max?: number } = {}): Schema<number> {
  return schema((value, fail) => {
    const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof read !== "number" || !Number.isFinite(read))
      return fail("float_parsing", "Input should be a valid number");
    return within(read, limits, fail);
  });
}

export function integer(limits: { min?: number; max?: number } = {}): Schema<number> {
  return schema((value, fail) => {
    const read = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof read === "string")
      return fail(
        "int_parsing",
        "Input should be a valid integer, unable to parse string as an integer",
      );
    if (typeof read !== "number") return fail("int_type", "Input should be a valid integer");
    if (!Number.isSafeInteger(read))
      return fail(
        "int_from_float",
        "Input should be a valid integer, got a number with a fractional part",
      );
    return within(read, limits, fail);
  });
}

function within(
  value: number,
  {
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  }: { min?: number; max?: number },
  fail: (type: string, msg: string) => undefined,
): number | undefined {
  if (value < min)
    return fail("greater_than_equal", `Input should be greater than or equal to ${min}`);
  if (value > max) return fail("less_than_equal", `Input should be less than or equal to ${max}`);
  return value;
}

const TRUE = ["true", "t", "yes", "y", "on", "1"];
const FALSE = ["false", "f", "no", "n", "off", "0"];

/** A boolean, or one of the words and numbers that Pydantic takes for one. */
export function boolean(): Schema<boolean> {
  return schema((value, fail) => {
    if (typeof value === "boolean") return value;
    if (typeof value !== "string" && typeof value !== "number")
      return fail("bool_type", "Input should be a valid boolean");
    const word = String(value).toLowerCase();
    if (TRUE.includes(word)) return true;
    if (FALSE.includes(word)) return false;
    return fail("bool_parsing", "Input should be a valid boolean, unable to interpret input");
  });
}

export function oneOf<const T extends readonly (string | number | boolean)[]>(
  ...allowed: T
): Schema<T[number]> {
  return schema((value, fail) => {
    const found = allowed.find((item) => item === value);
    if (found !== undefined) return found;
    const quoted = allowed.map((item) => (typeof item === "string" ? `'${item}'` : String(item)));
    const last = quoted.pop();
    const list = quoted.length ? `${quoted.join(", ")} or ${last}` : last;
    return fail("literal_error", `Input should be ${list}`);
  });
}

/** A UUID, with or without hyphens; of version 4, as all of Polar's ids are. */
export function uuid(): Schema<string> {
  return schema((value, fail) => {
    if (typeof value !== "string")
      return fail("uuid_type", "UUID input should be a string, bytes or UUID object");
    const id = value
      .toLowerCase()
      .replace(
        /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/,
        "$1-$2-$3-$4-$5",
      );
    if (!isUuid(id)) return fail("uuid_parsing", "Input should be a valid UUID");
    return id[14] === "4" ? id : fail("uuid_version", "UUID version 4 expected");
  });
}

/** A date with or without time; without an offset it counts as UTC. A number is seconds of Unix. */
export function instant(): Schema<Instant> {
  return schema((value, fail) => readInstant(value, fail));
}

/** The same, but with a time its offset is required. */
export function awareInstant(): Schema<Instant> {
  return schema((value, fail) => {
    const read = readInstant(value, fail);
    return read && typeof value === "string" && !isAware(value)
      ? fail("timezone_aware", "Input should have timezone info")
      : read;
  });
}

function readInstant(value: unknown, fail: Fail): Instant | undefined {
  const seconds = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof seconds === "number" && seconds >= 0 && seconds < LATEST_SECONDS)
    return toInstant(Math.round(seconds * 1_000_000));
  const read = typeof value === "string" ? parseInstant(value) : null;
  return read ?? fail("datetime_from_date_parsing", "Input should be a valid datetime or date");
}

/** Whether a date has an offset, or is a number that needs none. */
function isAware(text: string): boolean {
  return /(Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10)) || /^\d+(\.\d+)?$/.test(text);
}

export function email(): Schema<string> {
  return schema((value, fail) => {
    if (typeof value !== "string") return fail("string_type", "Input should be a valid string");
    const text = value.trim();
    return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) && text.length <= 254
      ? text
      : fail(
          "value_error",
          "value is not a valid email address: An email address must have an @-sign.",
        );
  });
}

export function url(): Schema<string> {
  return schema((value, fail) => {
    if (typeof value !== "string") return fail("url_type", "URL input should be a string or URL");
    if (value.length > LONGEST_URL)
      return fail("url_too_long", `URL should have at most ${LONGEST_URL} characters`);
    if (!URL.canParse(value))
      return fail("url_parsing", "Input should be a valid URL, relative URL without a base");
    return /^https?:\/\//i.test(value)
      ? value
      : fail("url_scheme", "URL scheme should be 'http' or 'https'");
  });
}

export function array<T>(item: Schema<T>, limits: { min?: number } = {}): Schema<T[]> {
  return {
    read(value, loc, issues) {
      if (!Array.isArray(value)) {
        issues.push(
          value === MISSING
            ? { type: "missing", loc, msg: "Field required", input: null }
            : { type: "list_type", loc, msg: "Input should be a valid list", input: value },
        );
        return [];
      }
      if (value.length < (limits.min ?? 0))
        issues.push({
          type: "too_short",
          loc,
          msg: `List should have at least ${limits.min} item${limits.min === 1 ? "" : "s"} after validation, not ${value.length}`,
          input: value,
        });
      return value.map((each, index) => item.read(each, [...loc, index], issues));
    },
  };
}

/** A dictionary of any keys, whose values are all of one kind. */
export function record<T>(item: Schema<T>): Schema<Record<string, T>> {
  return {
    read(value, loc, issues) {
      if (isRecord(value))
        return Object.fromEntries(
          Object.entries(value).map(([key, each]) => [key, item.read(each, [...loc, key], issues)]),
        );
      issues.push({
        type: "dict_type",
        loc,
        msg: "Input should be a valid dictionary",
        input: value === MISSING ? null : value,
      });
      return {};
    },
  };
}

/** A single value or several, as query parameters come. */
export function list<T>(item: Schema<T>): Schema<T[]> {
  const many = array(item);
  return {
    read: (value, loc, issues) => many.read(Array.isArray(value) ? value : [value], loc, issues),
  };
}

/** May be left out; null counts as left out. */
export function optional<T>(inner: Schema<T>): Schema<T | undefined> {
  return {
    read: (value, loc, issues) =>
      value === MISSING || value === null ? undefined : inner.read(value, loc, issues),
  };
}

/** May be left out, but not be null: it has a default at Polar. */
export function present<T>(inner: Schema<T>): Schema<T | undefined> {
  return {
    read: (value, loc, issues) => (value === MISSING ? undefined : inner.read(value, loc, issues)),
  };
}

/** May be left out (undefined) or be null, and these differ: an update clears by null. */
export function nullish<T>(inner: Schema<T>): Schema<T | null | undefined> {
  return {
    read: (value, loc, issues) =>
      value === MISSING ? undefined : value === null ? null : inner.read(value, loc, issues),
  };
}

export function withDefault<T>(inner: Schema<T>, fallback: T): Schema<T> {
  return {
    read: (value, loc, issues) =>
      value === MISSING || value === null ? fallback : inner.read(value, loc, issues),
  };
}

export function object<S extends Shape>(shape: S): Schema<ShapeOf<S>> {
  return {
    read(value, loc, issues) {
      const result: Record<string, unknown> = {};
      if (!isRecord(value)) {
        issues.push({
          type: value === MISSING ? "missing" : "model_attributes_type",
          loc,
          msg:
            value === MISSING
              ? "Field required"
              : "Input should be a valid dictionary or object to extract fields from",
          input: value === MISSING ? null : value,
        });
        return result as ShapeOf<S>;
      }
      for (const [key, field] of Object.entries(shape))
        result[key] = field.read(key in value ? value[key] : MISSING, [...loc, key], issues);
      return result as ShapeOf<S>;
    },
  };
}

/** Chooses the schema by the value of one field, as Pydantic's tagged unions. */
export function tagged<M extends Record<string, Schema<unknown>>>(
  tag: string,
  members: M,
): Schema<Infer<M[keyof M]>> {
  return {
    read(value, loc, issues) {
      const key = isRecord(value) ? value[tag] : undefined;
      const member =
        typeof key === "string" && Object.hasOwn(members, key) ? members[key] : undefined;
      if (member) return member.read(value, loc, issues) as Infer<M[keyof M]>;
      const expected = Object.keys(members)
        .map((name) => `'${name}'`)
        .join(", ");
      issues.push({
        type: key === undefined ? "union_tag_not_found" : "union_tag_invalid",
        loc,
        msg:
          key === undefined
            ? `Unable to extract tag using discriminator '${tag}'`
            : `Input tag '${String(key)}' found using '${tag}' does not match any of the expected tags: ${expected}`,
        input: value === MISSING ? null : value,
      });
      return undefined as Infer<M[keyof M]>;
    },
  };
}

/** Polar's metadata: at most 50 keys of 1–40 characters; strings of 1–500, numbers, booleans. */
export function metadata(): Schema<Metadata> {
  return {
    read(value, loc, issues) {
      if (!isRecord(value)) {
        issues.push({
          type: "dict_type",
          loc,
          msg: "Input should be a valid dictionary",
          input: value === MISSING ? null : value,
        });
        return {};
      }
      const entries = Object.entries(value);
      if (entries.length > 50)
        issues.push({
          type: "too_long",
          loc,
          msg: `Dictionary should have at most 50 items after validation, not ${entries.length}`,
          input: value,
        });
      const result: Metadata = {};
      for (const [key, item] of entries) {
        string({ min: 1, max: 40 }).read(key, [...loc, key, "[key]"], issues);
        if (typeof item === "string")
          result[key] = string({ min: 1, max: 500 }).read(item, [...loc, key, "str"], issues);
        else if (typeof item === "number" || typeof item === "boolean") result[key] = item;
        else
          issues.push({
            type: "string_type",
            loc: [...loc, key, "str"],
            msg: "Input should be a valid string",
            input: item,
          });
      }
      return result;
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
