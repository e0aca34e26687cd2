import "server-only";

export { getUsageByKey, type KeyUsage } from "./by-key";
export { listPeriods, type UsagePeriod } from "./periods";
export { type Projection, projectUsage } from "./projection";
export { reserve } from "./reserve";
export { spend } from "./spend";
export type { Refusal } from "./standing";
export { getUsage, type UsageSummary } from "./summary";
export { track } from "./track";
export { createTracker } from "./tracker";
export type { UseOptions } from "./use";
