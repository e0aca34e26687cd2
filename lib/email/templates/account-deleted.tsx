import { Frame, Paragraph } from "./frame";

export function AccountDeletedEmail({ appUrl }: { appUrl: string }) {
  return (
    <Frame
      appUrl={appUrl}
      preview="Nothing is charged any more, and what we knew about you is gone."
      title="Your account is deleted"
    >
      <Paragraph>
        Nothing is charged any more, and what we knew about you is gone: your address, your
        sign-ins, what you made and used. Of your payments, amounts and dates stay in our books and
        the invoices at our payment service, as the law asks.
      </Paragraph>
      <Paragraph>
        This is the last mail about it. Should you want to come back, sign in: you begin anew, with
        the free plan.
      </Paragraph>
    </Frame>
  );
}
