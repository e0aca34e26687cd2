import "server-only";

export { type Spending, spend } from "./spend";
export { getUsage, type UsageSummary } from "./summary";
