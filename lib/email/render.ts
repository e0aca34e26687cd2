import "server-only";
import { render, toPlainText } from "@react-email/render";
import { type EmailProps, type EmailTemplate, writeMessage } from "./messages";

/** A mail as it goes out: its subject, and its body in HTML and as text. */
export type RenderedEmail = { subject: string; html: string; text: string };

/** Writes a mail from what is stored of it. */
export async function renderEmail<Template extends EmailTemplate>(
  template: Template,
  props: EmailProps[Template],
  recipient: string,
): Promise<RenderedEmail> {
  const { subject, body } = writeMessage(template, props, recipient);
  const html = await render(body);
  return { subject, html, text: toPlainText(html) };
}
