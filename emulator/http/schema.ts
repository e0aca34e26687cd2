/** What reads the bodies and queries of calls, with the problems that Polar (FastAPI, Pydantic) would name. */
export * from "./schema/containers.ts";
export {
  defined,
  type Infer,
  isRecord,
  parse,
  type Schema,
  unknown,
} from "./schema/core.ts";
export * from "./schema/dates.ts";
export * from "./schema/metadata.ts";
export * from "./schema/scalars.ts";
