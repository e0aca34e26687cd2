import { formatCount } from "@/components/format/counts";
import { currency, unitName } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";
import { formatMoney } from "@/lib/billing/money";

/** "$2 per 1,000 codes": what use beyond the allowance costs, in the same words everywhere. */
export function formatOverage({ amount, units }: NonNullable<Entitlement["overage"]>): string {
  return `${formatMoney(amount, currency)} per ${formatCount(units)} ${unitName.many}`;
}
