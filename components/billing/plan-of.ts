import { type Plan, type PlanKey, plans } from "@/lib/billing/catalog";

export function planOf(key: PlanKey): Plan {
  const plan = plans.find((candidate) => candidate.key === key);
  if (!plan) throw new Error(`The catalog has no plan "${key}"`);
  return plan;
}
