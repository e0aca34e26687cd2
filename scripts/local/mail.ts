import { mkdirSync } from "node:fs";
import { MailDev } from "maildev";

/** A local mail server: it accepts every message on `smtpUrl` and shows them at `webUrl`. */
export type LocalMail = { smtpUrl: string; webUrl: string; stop: () => Promise<void> };

/**
 * Starts the mail catcher (MailDev: SMTP, a web inbox, and an HTTP API under `/api/email`) on 127.0.0.1.
 *
 * @param options.dir where messages are kept, so that they survive a restart.
 */
export async function startMail(options: {
  dir: string;
  smtpPort: number;
  webPort: number;
}): Promise<LocalMail> {
  mkdirSync(options.dir, { recursive: true });
  const server = new MailDev({
    smtp: options.smtpPort,
    web: options.webPort,
    ip: "127.0.0.1",
    webIp: "127.0.0.1",
    mailDirectory: options.dir,
    silent: true,
  });
  await server.start();
  return {
    smtpUrl: `smtp://127.0.0.1:${options.smtpPort}`,
    webUrl: `http://127.0.0.1:${options.webPort}`,
    stop: () => server.stop(),
  };
}
