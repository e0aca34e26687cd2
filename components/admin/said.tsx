import { Alert } from "@/components/ui/alert";

const messages: Readonly<
  Record<string, { variant: "success" | "warning" | "destructive"; text: string }>
> = {
  applied: { variant: "success", text: "The webhook was applied." },
  failed_again: {
    variant: "warning",
    text: "It failed again, for the reason below. It is tried nine times more.",
  },
  taken_up: { variant: "success", text: "They are taken up again. A job applies them now." },
  nothing: {
    variant: "warning",
    text: "There was nothing to do: somebody has done it already, or it is gone.",
  },
  job_runs: { variant: "success", text: "The job runs again, with new attempts." },
  job_deleted: { variant: "success", text: "The job is deleted. What it was to do is not done." },
  no_action: { variant: "destructive", text: "That is no action, so nothing was done." },
  reconcile_started: { variant: "success", text: "A job compares everything with Polar now." },
  reconcile_runs: { variant: "warning", text: "A comparison is under way already." },
  answered: {
    variant: "success",
    text: "Your answer is recorded, with your name and today's date.",
  },
  no_answer: {
    variant: "destructive",
    text: "That is no answer: a note has at most 500 characters, and nothing was recorded.",
  },
  no_filter: { variant: "destructive", text: "That is no filter, so nothing was done." },
  failed: {
    variant: "destructive",
    text: "Something on our side failed, and nothing was done. Please try again.",
  },
};

/** What became of the form that led here. An unknown code says nothing. */
export function Said({ code }: { code: string | undefined }) {
  const message = code && Object.hasOwn(messages, code) ? messages[code] : undefined;
  return message ? (
    <Alert role="status" variant={message.variant}>
      <p>{message.text}</p>
    </Alert>
  ) : null;
}
