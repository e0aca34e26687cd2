import { formatDay } from "@/components/format/dates";
import type { CheckoutView } from "@/lib/billing/checkout-view";
import { formatMoney } from "@/lib/billing/money";

type Words = {
  title: string;
  text: string;
  actions: readonly { label: string; href: string }[];
};

const dashboard = { label: "Go to the dashboard", href: "/dashboard" };
const billing = { label: "See your billing", href: "/billing" };
const pricing = { label: "Back to pricing", href: "/pricing" };

const states: Record<Exclude<CheckoutView["state"], "succeeded">, Words> = {
  unknown: {
    title: "We don't know this checkout",
    text: "There is no checkout with this address for your account. If you paid with another account, sign in with that one.",
    actions: [billing, pricing],
  },
  open: {
    title: "This checkout is not finished",
    text: "It has not been paid, and nothing was charged. You can start again whenever you like.",
    actions: [pricing],
  },
  confirmed: {
    title: "Your payment is on its way",
    text: "We are waiting for the payment to be confirmed. This page goes on by itself.",
    actions: [],
  },
  failed: {
    title: "The payment did not go through",
    text: "Nothing was charged. Try again, perhaps with another card.",
    actions: [pricing],
  },
  expired: {
    title: "This checkout has expired",
    text: "It was not paid in time, and nothing was charged. You can start a new one.",
    actions: [pricing],
  },
  unreachable: {
    title: "We can't check the payment just now",
    text: "The payment service does not answer. If you have paid, it is safe there, and your access follows as soon as it answers. This page keeps trying.",
    actions: [billing],
  },
};

const trialOnItsWay: Words = {
  title: "Your trial is being set up",
  text: "We are waiting for your card to be confirmed. Nothing is charged now. This page goes on by itself.",
  actions: [],
};

function whatWasPaid(trial: CheckoutView["trial"]): string {
  if (!trial) return "Thank you. Everything is ready to use.";
  const amount = formatMoney(trial.amount, trial.currency);
  return `Your trial has started, and nothing was charged. The first payment, ${amount}, is on ${formatDay(trial.end)}, unless you cancel before.`;
}

/** What the page says of a checkout, and where it leads from there. */
export function wordsFor({ state, ready, productName, trial }: CheckoutView): Words {
  if (state === "confirmed" && trial) return trialOnItsWay;
  if (state !== "succeeded") return states[state];
  if (!ready) {
    return {
      title: "Thank you",
      text: `${trial ? "Your trial has started" : "The payment is confirmed"}. Your access is being set up; this takes a few seconds.`,
      actions: [],
    };
  }
  return {
    title: productName ? `${productName} is yours` : "You are all set",
    text: whatWasPaid(trial),
    actions: [dashboard, billing],
  };
}
