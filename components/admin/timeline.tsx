import { Gauge, History, Mail, MousePointerClick, Receipt, Webhook } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Moment } from "@/components/admin/moment";
import { rowLink } from "@/components/admin/row-list";
import { changesOf, words } from "@/components/admin/timeline-words";
import { formatUnits } from "@/components/format/counts";
import type { TimelineEntry, TimelineKind } from "@/lib/admin/timeline";
import { formatMoney } from "@/lib/billing/money";

const icons: Record<TimelineKind, ReactNode> = {
  webhook: <Webhook aria-hidden="true" />,
  order: <Receipt aria-hidden="true" />,
  audit: <History aria-hidden="true" />,
  request: <MousePointerClick aria-hidden="true" />,
  mail: <Mail aria-hidden="true" />,
  usage: <Gauge aria-hidden="true" />,
};

const kinds: Record<TimelineKind, string> = {
  webhook: "Webhook",
  order: "Order",
  audit: "Change",
  request: "Request",
  mail: "Mail",
  usage: "Use of the day",
};

type Said = { title: ReactNode; about?: string };

function say(entry: TimelineEntry): Said {
  switch (entry.kind) {
    case "webhook":
      return {
        title: (
          <Link
            href={`/admin/inbox/${encodeURIComponent(entry.data.webhookId)}`}
            className={rowLink}
          >
            {entry.data.type}
          </Link>
        ),
        about: entry.data.status === "failed" ? "given up" : entry.data.status,
      };
    case "order": {
      const { description, total, currency, status, reason } = entry.data;
      return {
        title: `${description}: ${formatMoney(total, currency)}`,
        about: `${words(status)}, ${words(reason)}`,
      };
    }
    case "audit":
      return { title: words(entry.data.action), about: changesOf(entry.data) };
    case "request": {
      const { action, product, outcome } = entry.data;
      return {
        title: `Asked for: ${words(action)}${product ? ` (${product})` : ""}`,
        about: outcome ? words(outcome) : "under way",
      };
    }
    case "mail":
      return { title: words(entry.data.template), about: entry.data.sentAt ? "sent" : "queued" };
    case "usage":
      return { title: formatUnits(entry.data.units) };
  }
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { title, about } = say(entry);
  return (
    <li className="relative flex gap-4 pb-5 last:pb-0 not-last:before:absolute not-last:before:top-8 not-last:before:bottom-0 not-last:before:left-4 not-last:before:border-l">
      <span className="grid size-8 shrink-0 place-items-center rounded-full bg-muted text-muted-foreground [&_svg]:size-4">
        {icons[entry.kind]}
      </span>
      <div className="min-w-0 space-y-0.5 pt-1 text-sm wrap-anywhere">
        <p className="font-medium">{title}</p>
        {entry.kind === "audit" ? <p className="text-muted-foreground">{about}</p> : null}
        <p className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
          <span>
            {kinds[entry.kind]}
            {about && entry.kind !== "audit" ? `: ${about.toLowerCase()}` : null}
          </span>
          <Moment value={entry.at} />
        </p>
      </div>
    </li>
  );
}

/** All that happened, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label="What happened, newest first">
      {entries.map((entry) => (
        <Entry key={entry.key} entry={entry} />
      ))}
    </ol>
  );
}
