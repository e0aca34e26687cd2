import "server-only";
import { env } from "@/lib/env";
import type { EmailTemplate } from "./messages";
import { type RenderedEmail, renderEmail } from "./render";
import { emailSamples } from "./samples";

const recipient = "ada@example.com";

export type EmailPreview = { template: string; sample: string } & RenderedEmail;

/**
 * Every mail with the data of its samples, to be looked at; null where mail goes to real people: there is nothing to see
 * but on the local Polar.
 */
export async function previewEmails(): Promise<EmailPreview[] | null> {
  if (env().POLAR_ENVIRONMENT !== "local") return null;
  const previews: EmailPreview[] = [];
  for (const [template, samples] of Object.entries(emailSamples))
    for (const [sample, props] of Object.entries(samples))
      previews.push({
        template,
        sample,
        ...(await renderEmail(template as EmailTemplate, props as never, recipient)),
      });
  return previews;
}
