import { currency } from "@/lib/billing/catalog";
import type { Entitlement } from "@/lib/billing/entitlement";

/** The most that a customer wants to pay for overage in a meter window, in minor units of `currency`. */
type SpendingCap = { amount: number; currency: string };

/** What there is to use in the current window, in units. */
export type Balance = {
  used: number;
  /** The allowance, and what packs hold or held for this window. */
  included: number;
  /** Of `included`: what packs held when the window began, or since. */
  packIncluded: number;
  remaining: number;
  overageUnits: number;
  /** Whether use stops when nothing remains. */
  hardLimit: boolean;
  /** Of `remaining`: what the plan's allowance holds. */
  planRemaining: number;
  /** Of `remaining`: what packs hold. */
  packRemaining: number;
  /** How many more units can be used before use stops; null where nothing stops it. */
  available: number | null;
  spendingCap: SpendingCap | null;
};

/** What was counted, in units. "Window" is the entitlement's meter window. */
export type Counted = {
  /** Accepted here in the window for Polar's meter. */
  billable: number;
  /** Accepted here in the window for the free allowance, which Polar never hears of. */
  free: number;
  /** Taken from packs, in the window and ever. */
  packWindow: number;
  packEver: number;
  /** Units used in the window that Polar never hears of, although its meter counts such (`keptUnitsOf`). */
  kept: number;
  /** Polar's own meter, where it was read in this window and after the newest credit. */
  polar: { consumed: number; credited: number } | null;
  /** Credits that Polar still counts although their order was paid back whole. */
  refunded: number;
  /** Set aside for work that is under way. */
  reserved: number;
  spendingCap: SpendingCap | null;
};

/**
 * The arithmetic of allowances, packs and overage. An allowance is used first, then packs, which are
 * counted here and not read from Polar's balance: that one mixes them with the plan's credits, so that a
 * plan's end would take packs along (docs/decisions, 0013). On a metered plan Polar may know of more credits, such as
 * those given by hand; then they are included.
 */
export function balanceOf(entitlement: Entitlement, counted: Counted): Balance {
  const packsBefore = packsBeforeWindow(entitlement, counted);
  return entitlement.isMetered
    ? meteredBalance(entitlement, counted, packsBefore)
    : freeBalance(entitlement, counted, packsBefore);
}

/** What units beyond the allowance cost, in minor units before tax. */
export function chargeOf(
  overageUnits: number,
  overage: NonNullable<Entitlement["overage"]>,
): number {
  return Math.round((overageUnits * overage.amount) / overage.units);
}

/**
 * How many units of overage a cap pays for. Of a cap in another currency than the prices nothing can be said, so it
 * pays for none: whoever set it does not want to be charged more than it says.
 */
export function unitsOfCap(
  cap: SpendingCap | null,
  overage: NonNullable<Entitlement["overage"]>,
): number | null {
  if (!cap || overage.amount === 0) return null;
  if (cap.currency !== currency) return 0;
  return Math.floor((cap.amount * overage.units) / overage.amount);
}

/**
 * How many units of the window Polar charges nothing for, as far as that was read. It takes the plan's credits back
 * while a payment is missed and gives them again when it is made, so they count in any case.
 */
function creditedAtPolar(monthlyUnits: number, { polar, refunded }: Counted): number | null {
  return polar && Math.max(monthlyUnits, polar.credited - refunded);
}

function meteredBalance(
  { monthlyUnits, overage }: Entitlement,
  counted: Counted,
  packsBefore: number,
): Balance {
  const used = Math.max(counted.billable, counted.polar?.consumed ?? 0) + counted.kept;
  const included = Math.max(
    creditedAtPolar(monthlyUnits, counted) ?? 0,
    monthlyUnits + packsBefore,
  );
  const remaining = Math.max(0, included - used);
  const planRemaining = Math.min(remaining, Math.max(0, monthlyUnits - used));
  const overageUnits = Math.max(0, used - included);
  const payable = overage ? unitsOfCap(counted.spendingCap, overage) : 0;
  return {
    used,
    included,
    packIncluded: packsBefore,
    remaining,
    overageUnits,
    hardLimit: overage === null,
    planRemaining,
    packRemaining: remaining - planRemaining,
    available:
      payable === null
        ? null
        : Math.max(0, remaining + Math.max(0, payable - overageUnits) - counted.reserved),
    spendingCap: counted.spendingCap,
  };
}

function freeBalance(
  { monthlyUnits, readOnly }: Entitlement,
  counted: Counted,
  packsBefore: number,
): Balance {
  const planRemaining = readOnly ? 0 : Math.max(0, monthlyUnits - counted.free);
  const packRemaining = Math.max(0, packsBefore - counted.packWindow);
  const used = counted.free + Math.max(0, counted.packWindow);
  const remaining = planRemaining + packRemaining;
  return {
    used,
    included: used + remaining,
    packIncluded: packsBefore,
    remaining,
    overageUnits: 0,
    hardLimit: true,
    planRemaining,
    packRemaining,
    available: Math.max(0, remaining - counted.reserved),
    spendingCap: counted.spendingCap,
  };
}

function packsBeforeWindow({ extraUnits }: Entitlement, counted: Counted): number {
  return Math.max(0, extraUnits - (counted.packEver - counted.packWindow));
}

/**
 * What is to be added to the pack units of a metered plan's window so that packs cover what exceeds the allowance, as
 * far as they reach, and nothing else. Positive after a pack that was bought when there was overage already; negative
 * where a use that had taken of a pack counts in another window, or another allowance, than it was written down in.
 */
export function packCorrectionOf(entitlement: Entitlement, counted: Counted): number {
  if (!entitlement.isMetered) return 0;
  const beyond = Math.max(0, counted.billable + counted.kept - entitlement.monthlyUnits);
  return Math.min(packsBeforeWindow(entitlement, counted), beyond) - counted.packWindow;
}

/**
 * How many pack units a use of `units` takes: on a metered plan as many as the window's use exceeds the
 * allowance by and no earlier use has taken, otherwise what the free allowance does not cover.
 */
export function packUnitsOf(entitlement: Entitlement, counted: Counted, units: number): number {
  if (entitlement.isMetered) {
    const after = { ...counted, billable: counted.billable + units };
    return Math.max(0, packCorrectionOf(entitlement, after));
  }
  const beyond = counted.packWindow + units - balanceOf(entitlement, counted).planRemaining;
  return Math.max(
    0,
    Math.min(packsBeforeWindow(entitlement, counted), beyond) - counted.packWindow,
  );
}

/**
 * How many units of a use Polar is not told of, because it would charge for them.
 *
 * Pack units that it has lost the credit of were paid for already. Polar loses a pack's credit where it takes a plan's
 * back after the meter was reset, as on a renewal that is not paid: its sum of credits does not fall below zero, and
 * what is lost there does not come back. What is counted past the limit of a trial costs nothing either, and Polar
 * charges for a trial's use when it becomes a paid plan; nor does what is counted past it before a change of plan.
 */
export function keptUnitsOf(entitlement: Entitlement, counted: Counted, units: number): number {
  const { isMetered, monthlyUnits, overage } = entitlement;
  if (!isMetered) return 0;
  const given = overage ? 0 : Math.max(0, units - balanceOf(entitlement, counted).remaining);
  const credited = creditedAtPolar(monthlyUnits, counted);
  if (credited === null) return given;
  const uncovered = Math.max(0, counted.billable + units - given - credited);
  return given + Math.min(uncovered, packUnitsOf(entitlement, counted, units));
}
