import { Badge, type BadgeVariant } from "@/components/ui/badge";
import type { InboxRow } from "@/lib/admin/inbox";

const marks: Record<InboxRow["status"], { label: string; variant: BadgeVariant }> = {
  pending: { label: "Pending", variant: "warning" },
  applied: { label: "Applied", variant: "success" },
  ignored: { label: "Ignored", variant: "default" },
  failed: { label: "Given up", variant: "destructive" },
};

export function WebhookStatus({ status }: { status: InboxRow["status"] }) {
  const { label, variant } = marks[status];
  return <Badge variant={variant}>{label}</Badge>;
}
