import type { models } from "@polar-sh/sdk/2026-10";
import fc from "fast-check";

type LifeProduct = "plan" | "trial" | "yearly" | "pack";
type Plan = Exclude<LifeProduct, "pack">;

/** A percentage off, once or on every order. */
export type Off = { percent: number; duration: "once" | "forever" };

/** Something that happens to a customer. */
export type Step =
  | { do: "buy"; product: LifeProduct; card: string; off?: Off | null }
  /** Opens a checkout and never pays it. */
  | { do: "leave"; product: LifeProduct }
  | { do: "use"; units: number }
  | { do: "advance"; days: number }
  | { do: "change"; product: Plan; behavior: models.SubscriptionProrationBehavior }
  | { do: "cancel" | "uncancel" | "revoke" | "pause" | "resume" | "keep_plan" | "keep_running" }
  /** A pause that ends by itself, so many days after the period. */
  | { do: "pause_for"; days: number }
  /** Another end of the trial, or of the period. */
  | { do: "move_trial" | "move_end"; days: number }
  | { do: "discount"; off: Off | null }
  | { do: "card"; number: string }
  /** `takes` is whether the order's benefits go, too. */
  | { do: "refund"; percent: number; takes: boolean }
  /** Another name and address of the customer, and on the last invoice. */
  | { do: "rename"; name: string };

const FAILS_LATER = "4000000000000341";
const PAYS = "4242424242424242";

const days = (max: number) => fc.integer({ min: 1, max });
const product = fc.constantFrom("plan", "trial", "yearly", "pack");
const plan = fc.constantFrom("plan", "trial", "yearly");
const off = fc.record({
  percent: fc.integer({ min: 1, max: 100 }),
  duration: fc.constantFrom("once", "forever"),
});
const seldom = fc.option(off, { freq: 3 });
const name = <const Name extends Step["do"]>(value: Name) => fc.constant(value);

/** One thing that may happen, weighted so that lives go on for a while. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: name("buy"),
      product,
      card: fc.constantFrom(
        "pm_card_visa",
        "pm_card_chargeCustomerFail",
        "pm_card_visa_chargeDeclined",
      ),
      off: seldom,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: name("leave"), product }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: name("use"), units: fc.integer({ min: 1, max: 9000 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: name("advance"), days: days(40) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: name("change"),
      product: plan,
      behavior: fc.constantFrom("prorate", "invoice", "next_period", "reset"),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "cancel",
        "uncancel",
        "revoke",
        "pause",
        "resume",
        "keep_plan",
        "keep_running",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: name("pause_for"), days: days(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("move_trial", "move_end"), days: days(30) }),
  },
  { weight: 1, arbitrary: fc.record({ do: name("discount"), off: seldom }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: name("card"), number: fc.constantFrom(PAYS, FAILS_LATER) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: name("refund"),
      percent: fc.integer({ min: 1, max: 100 }),
      takes: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: name("rename"), name: fc.constantFrom("Ada", "Mary") }) },
);
