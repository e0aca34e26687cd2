import { Badge, type BadgeVariant } from "@/components/ui/badge";
import type { OrderSummary } from "@/lib/billing/orders";

const looks: Record<OrderSummary["status"], { label: string; variant: BadgeVariant }> = {
  pending: { label: "Pending", variant: "warning" },
  paid: { label: "Paid", variant: "success" },
  refunded: { label: "Refunded", variant: "default" },
  partially_refunded: { label: "Partly refunded", variant: "default" },
  void: { label: "Void", variant: "default" },
};

export function OrderStatus({ status }: { status: OrderSummary["status"] }) {
  const { label, variant } = looks[status];
  return <Badge variant={variant}>{label}</Badge>;
}
