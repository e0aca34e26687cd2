import { words } from "@/components/admin/timeline-words";
import { Badge, type BadgeVariant } from "@/components/ui/badge";

const variants = new Map<string, BadgeVariant>([
  ["active", "success"],
  ["trialing", "brand"],
  ["past_due", "destructive"],
  ["unpaid", "destructive"],
  ["paused", "warning"],
]);

/** Polar's status in Polar's word, written for people. */
export function SubscriptionStatus({ status }: { status: string }) {
  return <Badge variant={variants.get(status) ?? "default"}>{words(status)}</Badge>;
}
