import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

type Mail = { to: { address: string }[]; subject: string; text: string };

async function mailsTo(mailbox: string, address: string, subject: string): Promise<Mail[]> {
  const mails = (await (await fetch(`${mailbox}/api/email`)).json()) as Mail[] | { emails: Mail[] };
  const list = Array.isArray(mails) ? mails : mails.emails;
  return list.filter(
    (mail) => mail.subject === subject && mail.to.some((to) => to.address === address),
  );
}

/** The newest mail to `address` once there are more than `known` about `subject`. */
export async function mailTo(
  mailbox: string,
  address: string,
  subject: string,
  { known = 0, timeout = 15_000 } = {},
): Promise<Mail> {
  let found: Mail[] = [];
  const read = async () => {
    found = await mailsTo(mailbox, address, subject);
    return found.length > known;
  };
  await expect.poll(read, { timeout }).toBe(true);
  const newest = found.at(-1);
  if (!newest) throw new Error("no mail");
  return newest;
}

/** Asks for a sign-in link, as a person does, and returns the one that was mailed. `app` is another app's origin. */
export async function askForLink(
  page: Page,
  email: string,
  mailbox = process.env.MAILBOX_URL ?? "",
  app = "",
): Promise<string> {
  await page.goto(`${app}/sign-in`);
  return await askHere(page, email, mailbox);
}

/** The same on the sign-in page that is open. */
async function askHere(page: Page, email: string, mailbox: string): Promise<string> {
  const subject = "Sign in to Northstar";
  const known = (await mailsTo(mailbox, email, subject)).length;
  await page.getByLabel(/e-?mail/i).fill(email);
  await page
    .getByRole("button", { name: /link|continue|sign in/i })
    .first()
    .click();
  await page.waitForURL(/check-email/);
  const mail = await mailTo(mailbox, email, subject, { known });
  const link = /https?:\/\/\S+\/sign-in\/confirm\?\S+/.exec(mail.text)?.[0];
  if (!link) throw new Error(`no link in: ${mail.text}`);
  return link;
}

/** Presses the button of the page that a mailed link opens. */
export async function confirm(page: Page): Promise<void> {
  await page
    .getByRole("main")
    .getByRole("button", { name: /sign in/i })
    .click();
}

/** Signs in through the mailed link, as a person does. Returns the address and the link that was used. */
export async function signIn(
  page: Page,
  email = `${randomUUID()}@example.com`,
  mailbox?: string,
): Promise<{ email: string; link: string }> {
  const link = await askForLink(page, email, mailbox);
  await page.goto(link);
  await confirm(page);
  await page.waitForURL(/dashboard/);
  return { email, link };
}

/** Signs in through the mailed link on the sign-in page that is open, and ends up where that page was to lead. */
export async function signInHere(page: Page): Promise<void> {
  await page.goto(
    await askHere(page, `${randomUUID()}@example.com`, process.env.MAILBOX_URL ?? ""),
  );
  await confirm(page);
}
