import "server-only";

export { reserve } from "./reserve";
export { spend } from "./spend";
export type { Refusal } from "./standing";
export { getUsage, type UsageSummary } from "./summary";
export { track } from "./track";
export { createTracker } from "./tracker";
export type { UseOptions } from "./use";
