import { Badge, type BadgeVariant } from "@/components/ui/badge";
import type { Entitlement } from "@/lib/billing/entitlement";

function statusOf(entitlement: Entitlement): { label: string; variant: BadgeVariant } {
  if (entitlement.status === "past_due") return { label: "Payment due", variant: "destructive" };
  if (entitlement.cancelAtPeriodEnd) return { label: "Ends soon", variant: "warning" };
  if (entitlement.pauseAtPeriodEnd) return { label: "Pauses soon", variant: "warning" };
  if (entitlement.status === "trialing") return { label: "Trial", variant: "brand" };
  return { label: "Active", variant: "success" };
}

export function StatusBadge({ entitlement }: { entitlement: Entitlement }) {
  const { label, variant } = statusOf(entitlement);
  return <Badge variant={variant}>{label}</Badge>;
}
