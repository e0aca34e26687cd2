import { mkdirSync } from "node:fs";
import { createAPIServer } from "@maildev/api";
import { registerUI } from "@maildev/ui/server";
import { MailDev } from "maildev";
import { letMailOpenLinks } from "./mail-links";

/** A local mail server: it accepts every message on `smtpUrl` and shows them at `webUrl`. */
export type LocalMail = { smtpUrl: string; webUrl: string; stop: () => Promise<void> };

/**
 * Starts the mail catcher (MailDev: SMTP, a web inbox, and an HTTP API under `/api/email`) on 127.0.0.1.
 * Its web half is put together here, because MailDev's own opens no link of a mail.
 *
 * @param options.dir where messages are kept, so that they survive a restart.
 */
export async function startMail(options: {
  dir: string;
  smtpPort: number;
  webPort: number;
}): Promise<LocalMail> {
  mkdirSync(options.dir, { recursive: true });
  const mail = new MailDev({
    smtp: options.smtpPort,
    ip: "127.0.0.1",
    mailDirectory: options.dir,
    disableWeb: true,
    silent: true,
  });
  const { storage, smtp } = await mail.start();
  const web = createAPIServer({ storage, smtp });
  await web.registerPlugins();
  letMailOpenLinks(web.server);
  await registerUI(web.server);
  // Not web.listen(), which prints its address, silent or not.
  await web.server.listen({ host: "127.0.0.1", port: options.webPort });
  return {
    smtpUrl: `smtp://127.0.0.1:${options.smtpPort}`,
    webUrl: `http://127.0.0.1:${options.webPort}`,
    stop: async () => {
      await web.stop();
      await mail.stop();
    },
  };
}
