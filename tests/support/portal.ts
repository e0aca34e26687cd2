import { createPolar } from "@polar-sh/sdk/2026-10";
import type { PolarLife } from "./polar-life";

/** What the SDK throws at a refusal. */
export const refusedWith = (statusCode: number) => ({ statusCode });

/** The portal's API as a customer calls it, with the session that was made for them. */
export async function portalOf(life: PolarLife, externalId: string) {
  const session = await life.polar.customerSessions.create({
    external_customer_id: externalId,
    return_url: "https://shop.example/account",
  });
  const own = createPolar({ accessToken: session.token, baseUrl: life.emulator.url });
  return { session, portal: own.customerPortal, own };
}
