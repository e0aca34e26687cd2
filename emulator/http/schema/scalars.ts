import { isUuid } from "../../ids.ts";
import { type Fail, type Schema, schema } from "./core.ts";

const LONGEST_URL = 2083;

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
  fail: Fail,
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
