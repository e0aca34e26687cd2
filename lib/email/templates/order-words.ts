type Words = { subject: string; title: string; text: string };

const purchase: Words = {
  subject: "Your Northstar order",
  title: "Thank you for your order",
  text: "Your payment has arrived, and what you bought is ready to use.",
};

const words = new Map<string, Words>(
  Object.entries({
    subscription_create: {
      subject: "Your Northstar subscription has begun",
      title: "Welcome aboard",
      text: "Your payment has arrived, and your plan is active.",
    },
    subscription_cycle: {
      subject: "Your Northstar subscription was renewed",
      title: "Your subscription was renewed",
      text: "Your payment has arrived, and your plan goes on for another period.",
    },
    subscription_update: {
      subject: "Your Northstar plan was changed",
      title: "Your plan was changed",
      text: "Your payment for the change has arrived.",
    },
    subscription_meter_cycle: {
      subject: "Your Northstar usage was charged",
      title: "Your usage was charged",
      text: "This is for what you used beyond your plan's allowance.",
    },
  }),
);

const credit = "The difference is kept as credit, and your next invoices use it up first.";

/** The words of the mail about a paid order, by Polar's `billing_reason`; one that we do not know is a purchase. */
export function orderSubject(order: { billingReason: string; isCredit: boolean }): Words {
  const found = words.get(order.billingReason) ?? purchase;
  return order.isCredit ? { ...found, text: credit } : found;
}

/** Our own page, for the owner only, that leads to Polar's invoice. */
export function invoiceUrl(appUrl: string, orderId: string): string {
  return `${appUrl}/billing/invoices/${orderId}`;
}
