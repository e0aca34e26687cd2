import "server-only";
import { createTransport } from "nodemailer";

const patienceMs = 5_000;

/**
 * Connects to the mail server and signs in, and sends nothing.
 *
 * @param smtpUrl SMTP_URL.
 * @throws when it cannot be reached, or refuses.
 */
export async function verifyMailServer(smtpUrl: string): Promise<void> {
  const transport = createTransport(smtpUrl, {
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  } as never);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
