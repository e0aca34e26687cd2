import { Alert } from "@/components/ui/alert";

/** Says that the code of the link that led here is kept for the checkout, which checks it. */
export function DiscountNotice({ code }: { code: string | null }) {
  if (!code) return null;
  return (
    <Alert title={`Code ${code}`}>
      <p>It is applied at checkout, where you see what it takes off before you pay.</p>
    </Alert>
  );
}
