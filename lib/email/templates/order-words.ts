/** Amounts are written for people and never negative; `isCredit` says that the total is owed to the customer. */
export type OrderConfirmation = {
  orderId: string;
  /** Polar's `billing_reason`. */
  billingReason: string;
  description: string;
  total: string;
  isCredit: boolean;
  /** What credit has paid of it, or else what was owed from before, and what the card was charged, if anything. */
  balance?: { isCredit: boolean; amount: string; due: string | null } | null;
  number: string | null;
};

type Words = { subject: string; title: string; text: string };
/** The same, where the text goes on from how it was paid. */
type Template = Omit<Words, "text"> & { text: (paid: string) => string };

const purchase: Template = {
  subject: "Your Northstar order",
  title: "Thank you for your order",
  text: (paid) => `${paid}, and what you bought is ready to use.`,
};

const templates = new Map<string, Template>(
  Object.entries({
    subscription_create: {
      subject: "Your Northstar subscription has begun",
      title: "Welcome aboard",
      text: (paid: string) => `${paid}, and your plan is active.`,
    },
    subscription_cycle: {
      subject: "Your Northstar subscription was renewed",
      title: "Your subscription was renewed",
      text: (paid: string) => `${paid}, and your plan goes on for another period.`,
    },
    subscription_update: {
      subject: "Your Northstar plan was changed",
      title: "Your plan was changed",
      text: (paid: string) => `${paid}, and your plan is changed.`,
    },
    subscription_meter_cycle: {
      subject: "Your Northstar usage was charged",
      title: "Your usage was charged",
      text: () => "This is for what you used beyond your plan's allowance.",
    },
  }),
);

const credit = "The difference is kept as credit, and your next invoices use it up first.";

/** The words of the mail about a paid order, by Polar's `billing_reason`; one that we do not know is a purchase. */
export function orderSubject({
  billingReason,
  isCredit,
  balance,
}: Pick<OrderConfirmation, "billingReason" | "isCredit" | "balance">): Words {
  const { text, ...found } = templates.get(billingReason) ?? purchase;
  const isFromCredit = balance?.isCredit && balance.due === null;
  const paid = isFromCredit ? "Your credit has paid for it" : "Your payment has arrived";
  return { ...found, text: isCredit ? credit : text(paid) };
}

/** How the total was paid, where a card alone did not: a sentence after others. */
export function paidWords({ balance, total }: OrderConfirmation): string {
  if (!balance) return "";
  const { isCredit, amount, due } = balance;
  if (!isCredit) return ` With ${amount} that was open from before, ${due ?? total} was charged.`;
  return due === null
    ? ` ${amount} came from your credit; nothing was charged.`
    : ` ${amount} of it came from your credit; ${due} was charged.`;
}

/** Our own page, for the owner only, that leads to Polar's invoice. */
export function invoiceUrl(appUrl: string, orderId: string): string {
  return `${appUrl}/billing/invoices/${orderId}`;
}
