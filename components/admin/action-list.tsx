import Link from "next/link";
import { Moment } from "@/components/admin/moment";
import { Row, RowList, rowLink } from "@/components/admin/row-list";
import type { AdminAction } from "@/lib/admin/actions";

const words: Record<AdminAction["action"], string> = {
  "webhook.replay": "Replayed a webhook",
  "webhooks.replay": "Replayed dead letters",
  "job.run_again": "Had a job run again",
  "job.delete": "Deleted a job",
  "reconcile.start": "Started a comparison with Polar",
  "doctor.answer": "Answered for a line of the checklist",
};

function About({ objectId, details }: Pick<AdminAction, "objectId" | "details">) {
  const said = Object.entries(details).filter(([, value]) => !Array.isArray(value) && value !== "");
  return (
    <>
      {objectId ? <span className="font-mono text-xs leading-5">{objectId}</span> : null}
      {said.map(([name, value]) => (
        <span key={name}>
          {name}: {String(value)}
        </span>
      ))}
    </>
  );
}

function Title({ action, objectId }: Pick<AdminAction, "action" | "objectId">) {
  return action === "webhook.replay" && objectId ? (
    <Link href={`/admin/inbox/${encodeURIComponent(objectId)}`} className={rowLink}>
      {words[action]}
    </Link>
  ) : (
    words[action]
  );
}

export function ActionList({ rows }: { rows: readonly AdminAction[] }) {
  return (
    <RowList label="What admins did, newest first">
      {rows.map(({ id, at, email, userId, action, objectId, details }) => (
        <Row
          key={id}
          title={<Title action={action} objectId={objectId} />}
          about={
            <>
              <Moment value={at} />
              <span>{email ?? `A deleted account (${userId})`}</span>
              <About objectId={objectId} details={details} />
            </>
          }
        />
      ))}
    </RowList>
  );
}
