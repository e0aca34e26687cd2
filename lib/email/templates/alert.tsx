import { Frame, Paragraph } from "./frame";

export type AlertMail = {
  event: "opened" | "resolved";
  severity: "critical" | "warning";
  summary: string;
};

export function alertSubject({ event, severity, summary }: AlertMail): string {
  return `[${event === "opened" ? severity : "resolved"}] ${summary}`;
}

export function AlertEmail({ appUrl, alert }: { appUrl: string; alert: AlertMail }) {
  const isOpen = alert.event === "opened";
  return (
    <Frame
      appUrl={appUrl}
      preview={alert.summary}
      title={isOpen ? "Something needs you" : "This is over"}
    >
      <Paragraph>{alert.summary}</Paragraph>
      <Paragraph>
        {isOpen
          ? `Severity: ${alert.severity}. You get one more mail, when it is over; npm run alerts shows what is open.`
          : "The alert about this is resolved. What was counted is of when it was last seen."}
      </Paragraph>
    </Frame>
  );
}
