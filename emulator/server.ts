import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Console } from "./console/context.ts";
import { consolePages } from "./console/routes.ts";
import { controlRoutes } from "./control/routes.ts";
import { DeliveryQueue } from "./deliveries/queue.ts";
import { perform } from "./engine/perform.ts";
import { Scheduler } from "./engine/scheduler.ts";
import { Emitter } from "./events/emitter.ts";
import { tooManyRequests } from "./faults/calls.ts";
import { readFaults } from "./faults/settings.ts";
import { answerCall } from "./http/api.ts";
import { identify, requireOrganization, requireSession } from "./http/auth.ts";
import { Gate } from "./http/origin.ts";
import { parseQuery } from "./http/query.ts";
import { parseJson, readText } from "./http/read-body.ts";
import { Router } from "./http/router.ts";
import { type Answer, createHttpServer, json } from "./http/server.ts";
import { newToken } from "./ids.ts";
import { answerPage } from "./pages/routes.ts";
import { benefitGrantRoutes } from "./resources/benefit-grants.ts";
import { benefitRoutes } from "./resources/benefits.ts";
import { checkoutRoutes, publicCheckoutRoutes } from "./resources/checkouts.ts";
import { customerMeterRoutes } from "./resources/customer-meters.ts";
import { portalRoutes } from "./resources/customer-portal/index.ts";
import { publicOrganizationRoutes } from "./resources/customer-portal/organizations.ts";
import { customerSeatRoutes, seatClaimRoutes } from "./resources/customer-seats.ts";
import { customerSessionRoutes } from "./resources/customer-sessions.ts";
import { customerRoutes } from "./resources/customers.ts";
import { discountRoutes } from "./resources/discounts.ts";
import { eventRoutes } from "./resources/events.ts";
import { licenseKeyRoutes, publicLicenseKeyRoutes } from "./resources/license-keys.ts";
import { meterRoutes } from "./resources/meters.ts";
import { notEmulatedRoutes } from "./resources/not-emulated.ts";
import { orderRoutes } from "./resources/orders.ts";
import { createOrganization, organizationRoutes } from "./resources/organizations.ts";
import { productRoutes } from "./resources/products.ts";
import { refundRoutes } from "./resources/refunds.ts";
import { subscriptionRoutes } from "./resources/subscriptions.ts";
import { webhookRoutes } from "./resources/webhooks.ts";
import { lockFolder } from "./store/lock.ts";
import { World } from "./world.ts";

export interface EmulatorOptions {
  /** 0, the default, takes any free port. Only 127.0.0.1 is listened on. */
  port?: number;
  /** Where state is kept; an empty string, the default, keeps it in memory. */
  dataDir?: string;
  /** The organization access token to accept; made up when missing. */
  accessToken?: string;
  /** Who sells, as checkout and portal show it; taken when the data folder is new. */
  organizationName?: string;
  /** Milliseconds after which usage shows in customer meters; Polar takes 15 s and more. */
  meterDelayMs?: number;
  /** Milliseconds by which `customer.state_changed` follows a change. */
  stateDebounceMs?: number;
  /** Milliseconds that a payment takes. */
  paymentDelayMs?: number;
  /** Milliseconds before the second attempt of a webhook; they double for each further one. */
  backoffBaseMs?: number;
  /** Names with ports, beside the loopback ones, that it may be called by. */
  hosts?: readonly string[];
  /** Whether the developer's pages are shown at the root; they are unless this is false. */
  console?: boolean;
  /** Faults to begin with, as `PUT /_emulator/faults` takes them. */
  faults?: unknown;
}

export interface Emulator {
  /** For example `http://127.0.0.1:4100`: a Polar client's base URL. */
  url: string;
  port: number;
  accessToken: string;
  /** Stops everything; state stays in the data folder. Further calls wait for the first. */
  close(): Promise<void>;
}

/**
 * Starts a local Polar.
 *
 * @throws what listening throws, for example EADDRINUSE when the port is taken; FolderInUse when another
 * emulator has the data folder.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const accessToken = options.accessToken ?? newToken("polar_oat_");
  const faults = readFaults(options.faults);
  const unlock = lockFolder(options.dataDir ?? "");
  const world = new World({
    dataDir: options.dataDir ?? "",
    accessToken,
    organizationName: options.organizationName ?? "Acme",
    realNow: Date.now,
    meterDelayMs: options.meterDelayMs ?? 2000,
    stateDebounceMs: options.stateDebounceMs ?? 1000,
    paymentDelayMs: options.paymentDelayMs ?? 300,
  });
  world.faults.set(faults);
  const queue = new DeliveryQueue(world, { backoffBaseMs: options.backoffBaseMs ?? 4000 });
  const emitter = new Emitter(world, queue);
  const scheduler = new Scheduler(world, perform);
  world.connect({ emitter, scheduler });

  const open = new Router([
    publicCheckoutRoutes,
    publicLicenseKeyRoutes,
    publicOrganizationRoutes,
    seatClaimRoutes,
  ]);
  const customers = new Router(portalRoutes);
  const api = new Router([
    benefitGrantRoutes,
    benefitRoutes,
    checkoutRoutes,
    customerMeterRoutes,
    customerRoutes,
    customerSeatRoutes,
    customerSessionRoutes,
    discountRoutes,
    eventRoutes,
    licenseKeyRoutes,
    meterRoutes,
    notEmulatedRoutes,
    orderRoutes,
    organizationRoutes,
    productRoutes,
    refundRoutes,
    subscriptionRoutes,
    webhookRoutes(queue),
  ]);
  const developerPages = consolePages(new Console(world, queue, api));
  const control = new Router(controlRoutes(world, queue));

  let gate = new Gate(0, []);
  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const { pathname } = url;
    gate.checkHost(request);
    if (!pathname.startsWith("/v1/")) gate.checkOrigin(request);
    if (pathname.startsWith("/v1/")) {
      if (open.has(request.method ?? "GET", pathname)) {
        identify(world, request);
        return await answerCall(world, open, request, url);
      }
      const isPortal = pathname.startsWith("/v1/customer-portal/");
      const session = isPortal ? requireSession(world, request) : null;
      if (!session) requireOrganization(world, request);
      const excess = world.faults.takeLimit(world.options.realNow());
      if (excess !== null) throw tooManyRequests(excess);
      return await answerCall(world, session ? customers : api, request, url, session);
    }
    if (pathname.startsWith("/_emulator/")) {
      requireOrganization(world, request);
      const { handle, params } = control.find(request.method ?? "GET", pathname);
      const body = parseJson(await readText(request));
      return json(200, await handle({ world, params, query: parseQuery(url.searchParams), body }));
    }
    if (options.console !== false && /^\/(console(\/.*)?)?$/.test(url.pathname))
      return await developerPages(request, url);
    return await answerPage(world, request, url);
  }

  const server = createHttpServer(world, answer);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(options.port ?? 0, "127.0.0.1", resolve);
  await listening.catch((error: unknown) => {
    world.store.close();
    unlock();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  gate = new Gate(port, options.hosts ?? []);
  world.publicUrl = `http://127.0.0.1:${port}`;

  if (world.organizations.size === 0) world.store.transaction(() => createOrganization(world));
  queue.resume();
  scheduler.runDue();

  let closing: Promise<void> | undefined;
  return {
    url: world.publicUrl,
    port,
    accessToken,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };

  async function shutDown(): Promise<void> {
    scheduler.close();
    queue.close();
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
    world.store.close();
    unlock();
  }
}
