import { Day } from "@/components/format/day";

type Props = { lead?: string; since: Date | null; resumesAt: Date | null };

/** Since when a plan is paused, and until when. */
export function PauseText({ lead = "Paused", since, resumesAt }: Props) {
  return (
    <>
      {lead}
      {since ? (
        <>
          {" since "}
          <Day value={since} />
        </>
      ) : null}
      {resumesAt ? (
        <>
          , resumes on <Day value={resumesAt} />
        </>
      ) : (
        ", until you resume it"
      )}
    </>
  );
}
