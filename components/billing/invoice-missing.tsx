import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";

const words = {
  not_made: {
    title: "The invoice is not ready yet",
    text: "It is made a moment after the payment. Please try again in a minute.",
  },
  unreachable: {
    title: "The invoice can't be fetched just now",
    text: "The payment service does not answer. Nothing is lost; please try again in a few minutes.",
  },
} as const;

export function InvoiceMissing({
  reason,
  address,
}: {
  reason: keyof typeof words;
  address: string;
}) {
  const { title, text } = words[reason];
  return (
    <NoticePage title={title}>
      <p role="status" className="text-muted-foreground">
        {text}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button asChild>
          <a href={address}>Try again</a>
        </Button>
        <Button asChild variant="outline">
          <a href="/billing">Back to billing</a>
        </Button>
      </div>
    </NoticePage>
  );
}
