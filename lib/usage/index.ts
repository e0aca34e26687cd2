import "server-only";

export { spend } from "./spend";
export { getUsage, type UsageSummary } from "./summary";
