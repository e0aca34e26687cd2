import type { Issue } from "./errors.ts";
import { type Infer, isRecord, object, type Schema } from "./schema.ts";

/** An object of these fields and no others. */
export function strictObject<S extends Parameters<typeof object>[0]>(
  shape: S,
): ReturnType<typeof object<S>> {
  const inner = object(shape);
  return {
    read(value, loc, issues) {
      const result = inner.read(value, loc, issues);
      if (isRecord(value))
        for (const [key, input] of Object.entries(value))
          if (!Object.hasOwn(shape, key))
            issues.push({
              type: "extra_forbidden",
              loc: [...loc, key],
              msg: "Extra inputs are not permitted",
              input,
            });
      return result;
    },
  };
}

type Variants = Record<string, Schema<unknown>>;
type VariantOf<M extends Variants> = {
  [K in keyof M]: { variant: K; value: Infer<M[K]> };
}[keyof M];

/**
 * One of several objects that no field tells apart: the first that fits. Where none does, the problems
 * of each are reported under its name, as Pydantic does with unions.
 */
export function union<M extends Variants>(members: M): Schema<VariantOf<M> | undefined> {
  return {
    read(value, loc, issues) {
      if (value === undefined) {
        issues.push({ type: "missing", loc, msg: "Field required", input: null });
        return undefined;
      }
      const all: Issue[] = [];
      for (const [variant, member] of Object.entries(members)) {
        const own: Issue[] = [];
        const read = member.read(value, [...loc, variant], own);
        if (own.length === 0) return { variant, value: read } as VariantOf<M>;
        all.push(...own);
      }
      issues.push(...all);
      return undefined;
    },
  };
}
