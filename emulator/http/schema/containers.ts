import type { Issue } from "../errors.ts";
import { type Infer, isRecord, type Loc, MISSING, type Schema } from "./core.ts";

type Shape = Record<string, Schema<unknown>>;
type ShapeOf<S extends Shape> = { [K in keyof S]: Infer<S[K]> };

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

/** A dictionary; `read` makes of it what it holds. */
export function dictionary<T>(
  read: (value: Record<string, unknown>, loc: Loc, issues: Issue[]) => Record<string, T>,
): Schema<Record<string, T>> {
  return {
    read(value, loc, issues) {
      if (isRecord(value)) return read(value, loc, issues);
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

/** A dictionary of any keys, whose values are all of one kind. */
export function record<T>(item: Schema<T>): Schema<Record<string, T>> {
  return dictionary((value, loc, issues) =>
    Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, item.read(each, [...loc, key], issues)]),
    ),
  );
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
