import { Clock } from "./clock.ts";
import type { Scheduler } from "./engine/scheduler.ts";
import type { Emitter } from "./events/emitter.ts";
import { Faults } from "./faults/faults.ts";
import type { CustomerState } from "./serializers/customer-state.ts";
import type * as docs from "./store/documents.ts";
import type { Collection } from "./store/store.ts";
import { Store } from "./store/store.ts";
import type { Instant } from "./time.ts";

/** Settings of one emulator. */
export interface WorldOptions {
  dataDir: string;
  accessToken: string;
  organizationName: string;
  /** Real time in milliseconds since the epoch (UTC). */
  realNow: () => number;
  meterDelayMs: number;
  stateDebounceMs: number;
  paymentDelayMs: number;
}

/** Everything an emulator knows: the store's collections, the clock and the parts that act on them. */
export class World {
  readonly options: WorldOptions;
  readonly store: Store;
  readonly clock: Clock;
  readonly faults = new Faults();
  /** Set when the server listens: hosted pages live there. */
  publicUrl = "";

  readonly settings: Collection<docs.SettingDoc>;
  readonly organizations: Collection<docs.OrganizationDoc>;
  readonly meters: Collection<docs.MeterDoc>;
  readonly benefits: Collection<docs.BenefitDoc>;
  readonly products: Collection<docs.ProductDoc>;
  readonly customers: Collection<docs.CustomerDoc>;
  readonly discounts: Collection<docs.DiscountDoc>;
  readonly redemptions: Collection<docs.RedemptionDoc>;
  readonly members: Collection<docs.MemberDoc>;
  readonly seats: Collection<docs.SeatDoc>;
  readonly checkouts: Collection<docs.CheckoutDoc>;
  readonly subscriptions: Collection<docs.SubscriptionDoc>;
  readonly billingEntries: Collection<docs.BillingEntryDoc>;
  readonly orders: Collection<docs.OrderDoc>;
  readonly grants: Collection<docs.GrantDoc>;
  readonly licenseKeys: Collection<docs.LicenseKeyDoc>;
  readonly licenseKeyActivations: Collection<docs.LicenseKeyActivationDoc>;
  readonly paymentMethods: Collection<docs.PaymentMethodDoc>;
  readonly setupIntents: Collection<docs.SetupIntentDoc>;
  readonly customerMeters: Collection<docs.CustomerMeterDoc>;
  readonly events: Collection<docs.EventDoc>;
  readonly refunds: Collection<docs.RefundDoc>;
  readonly sessions: Collection<docs.SessionDoc>;
  readonly endpoints: Collection<docs.EndpointDoc>;
  readonly webhookEvents: Collection<docs.WebhookEventDoc>;
  readonly deliveries: Collection<docs.DeliveryDoc>;
  readonly jobs: Collection<docs.JobDoc>;
  /** Customers' states as they were last told of. A restart forgets them, as it does a cache. */
  readonly states = new Map<string, { state: CustomerState; good_until: Instant }>();

  readonly #parts: { emitter?: Emitter; scheduler?: Scheduler } = {};

  constructor(options: WorldOptions) {
    this.options = options;
    const store = new Store(options.dataDir);
    this.store = store;
    this.settings = store.collection("settings");
    this.organizations = store.collection("organizations");
    this.meters = store.collection("meters");
    this.benefits = store.collection("benefits");
    this.products = store.collection("products");
    this.customers = store.collection("customers", ["external_id", "email_key"]);
    this.discounts = store.collection("discounts");
    this.redemptions = store.collection("redemptions", ["discount_id", "checkout_id"]);
    this.members = store.collection("members", ["customer_id"]);
    this.seats = store.collection("seats", ["subscription_id", "order_id", "invitation_token"]);
    this.checkouts = store.collection("checkouts", ["client_secret"]);
    this.subscriptions = store.collection("subscriptions", ["customer_id", "product_id"]);
    this.billingEntries = store.collection("billing_entries", ["subscription_id"]);
    this.orders = store.collection("orders", ["customer_id", "subscription_id", "checkout_id"]);
    this.grants = store.collection("grants", [
      "customer_id",
      "subscription_id",
      "order_id",
      "benefit_id",
    ]);
    this.licenseKeys = store.collection("license_keys", ["key", "customer_id"]);
    this.licenseKeyActivations = store.collection("license_key_activations", ["license_key_id"]);
    this.paymentMethods = store.collection("payment_methods", ["customer_id"]);
    this.setupIntents = store.collection("setup_intents");
    this.customerMeters = store.collection("customer_meters", ["customer_id"]);
    this.events = store.collection("events", [
      "external_id",
      "customer_id",
      "external_customer_id",
      "parent_id",
    ]);
    this.refunds = store.collection("refunds", ["order_id"]);
    this.sessions = store.collection("sessions", ["token"]);
    this.endpoints = store.collection("endpoints");
    this.webhookEvents = store.collection("webhook_events", ["endpoint_id"]);
    this.deliveries = store.collection("deliveries", ["webhook_event_id"]);
    this.jobs = store.collection("jobs", ["key"]);
    const offset = this.settings.get("clock_offset")?.value;
    this.clock = new Clock(options.realNow, typeof offset === "number" ? offset : 0);
  }

  /** Joins the parts that need the world and are needed by it. */
  connect(parts: { emitter: Emitter; scheduler: Scheduler }): void {
    Object.assign(this.#parts, parts);
  }

  get emitter(): Emitter {
    if (!this.#parts.emitter) throw new Error("The emulator's parts are not connected yet");
    return this.#parts.emitter;
  }

  get scheduler(): Scheduler {
    if (!this.#parts.scheduler) throw new Error("The emulator's parts are not connected yet");
    return this.#parts.scheduler;
  }

  /** The one organization, to which the access token belongs. */
  get organization(): docs.OrganizationDoc {
    const [first] = this.organizations.all();
    if (!first) throw new Error("The emulator has no organization yet");
    return first;
  }

  /** Forgets everything: state, faults and the clock's offset. */
  reset(): void {
    this.store.clear();
    this.states.clear();
    this.faults.clear();
    this.clock.rewind();
  }

  /** Moves the clock and remembers it across restarts. Call within a transaction. */
  moveClock(target: docs.Micros): void {
    const before = this.clock.offset;
    const offset = this.clock.moveTo(target);
    if (offset !== before) this.settings.put({ id: "clock_offset", value: offset });
  }
}
