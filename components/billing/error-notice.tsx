import { messageFor } from "@/components/billing/messages";
import { Alert } from "@/components/ui/alert";

export function ErrorNotice({ code }: { code: string | undefined }) {
  if (code === undefined) return null;
  const { title, text, action } = messageFor(code);
  return (
    <Alert role="alert" variant="warning" title={title}>
      <p>
        {text} {action ? <a href={action.href}>{action.label}</a> : null}
      </p>
    </Alert>
  );
}
