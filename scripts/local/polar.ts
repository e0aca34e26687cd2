import { syncCatalog } from "@/lib/billing/sync/sync";
import { polar } from "@/lib/polar";
import { type EmulatorOptions, startEmulator } from "../../emulator/server.ts";

export type LocalPolar = {
  url: string;
  /**
   * Brings the catalog and the webhook endpoint of `settings.APP_URL` to the local Polar.
   *
   * @returns the endpoint's secret.
   */
  sync: (settings: Record<string, string | undefined>) => Promise<string>;
  stop: () => Promise<void>;
};

/** Webhooks of an earlier run's port would only fail. */
async function forgetOtherEndpoints(url: string): Promise<void> {
  for await (const endpoint of polar().webhooks.iterListWebhookEndpoints())
    if (endpoint.url !== url) await polar().webhooks.deleteWebhookEndpoint(endpoint.id);
}

/** Starts the local Polar in this process. Its state is kept in `dir`; without one it ends with the run. */
export async function startPolar({
  dir,
  port,
  accessToken,
  ...speed
}: { dir: string; port: number; accessToken: string } & Pick<
  EmulatorOptions,
  "meterDelayMs" | "stateDebounceMs" | "paymentDelayMs" | "backoffBaseMs"
>): Promise<LocalPolar> {
  const emulator = await startEmulator({
    dataDir: dir,
    port,
    accessToken,
    organizationName: "Northstar",
    ...speed,
  });
  return {
    url: emulator.url,
    async sync(settings) {
      Object.assign(process.env, settings, { POLAR_API_URL: emulator.url });
      const { secret } = await syncCatalog(true);
      await forgetOtherEndpoints(`${settings.APP_URL}/api/webhooks/polar`);
      if (!secret) throw new Error("The local Polar has no webhook endpoint after the sync.");
      return secret;
    },
    stop: emulator.close,
  };
}
