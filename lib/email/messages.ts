import "server-only";
import { createElement, type ReactElement } from "react";
import { linkLifetimeSeconds, signInLink } from "@/lib/auth/sign-in-link";
import { env } from "@/lib/env";
import { AccountDeletedEmail } from "./templates/account-deleted";
import { AlertEmail, type AlertMail, alertSubject } from "./templates/alert";
import { type CapNotice, CapNoticeEmail, capSubject } from "./templates/cap-notice";
import { OrderConfirmationEmail } from "./templates/order-confirmation";
import { type OrderConfirmation, orderSubject } from "./templates/order-words";
import { PaymentRecoveredEmail } from "./templates/payment-recovered";
import {
  type PaymentReminder,
  PaymentReminderEmail,
  reminderSubject,
} from "./templates/payment-reminder";
import { RefundEmail, type RefundMail } from "./templates/refund";
import { SignInEmail } from "./templates/sign-in";
import {
  canceledSubject,
  type SubscriptionCanceled,
  SubscriptionCanceledEmail,
} from "./templates/subscription-canceled";
import {
  endedSubject,
  type SubscriptionEnded,
  SubscriptionEndedEmail,
} from "./templates/subscription-ended";
import { type TrialEnding, TrialEndingEmail, trialSubject } from "./templates/trial-ending";
import { type UsageNotice, UsageNoticeEmail, usageSubject } from "./templates/usage-notice";

/** What each mail needs to be written; stored with the mail until it is sent. */
export type EmailProps = {
  "sign-in": { seed: string; returnTo: string };
  "order-confirmation": OrderConfirmation;
  refund: RefundMail;
  "payment-reminder": PaymentReminder;
  "payment-recovered": { plan: string };
  "trial-ending": TrialEnding;
  "subscription-canceled": SubscriptionCanceled;
  "subscription-ended": SubscriptionEnded;
  "account-deleted": Record<string, never>;
  "usage-notice": UsageNotice;
  alert: AlertMail;
  "cap-notice": CapNotice;
};

export type EmailTemplate = keyof EmailProps;

type Message = { subject: string; body: ReactElement };

const writers: {
  [Template in EmailTemplate]: (props: EmailProps[Template], recipient: string) => Message;
} = {
  "sign-in": (props, recipient) => ({
    subject: "Sign in to Northstar",
    body: createElement(SignInEmail, {
      appUrl: env().APP_URL,
      link: signInLink({ email: recipient, ...props }),
      minutes: linkLifetimeSeconds / 60,
    }),
  }),
  "order-confirmation": (order) => ({
    subject: orderSubject(order).subject,
    body: createElement(OrderConfirmationEmail, { appUrl: env().APP_URL, order }),
  }),
  refund: (refund) => ({
    subject: refund.isPartial
      ? "Part of your Northstar payment was refunded"
      : "Your Northstar payment was refunded",
    body: createElement(RefundEmail, { appUrl: env().APP_URL, refund }),
  }),
  "payment-reminder": (reminder) => ({
    subject: reminderSubject(reminder),
    body: createElement(PaymentReminderEmail, { appUrl: env().APP_URL, reminder }),
  }),
  "payment-recovered": ({ plan }) => ({
    subject: "Thank you: your Northstar payment went through",
    body: createElement(PaymentRecoveredEmail, { appUrl: env().APP_URL, plan }),
  }),
  "trial-ending": (trial) => ({
    subject: trialSubject(trial),
    body: createElement(TrialEndingEmail, { appUrl: env().APP_URL, trial }),
  }),
  "subscription-canceled": (canceled) => ({
    subject: canceledSubject(canceled),
    body: createElement(SubscriptionCanceledEmail, { appUrl: env().APP_URL, canceled }),
  }),
  "subscription-ended": (ended) => ({
    subject: endedSubject(ended),
    body: createElement(SubscriptionEndedEmail, { appUrl: env().APP_URL, ended }),
  }),
  "account-deleted": () => ({
    subject: "Your Northstar account is deleted",
    body: createElement(AccountDeletedEmail, { appUrl: env().APP_URL }),
  }),
  "usage-notice": (notice) => ({
    subject: usageSubject(notice),
    body: createElement(UsageNoticeEmail, { appUrl: env().APP_URL, notice }),
  }),
  alert: (alert) => ({
    subject: alertSubject(alert),
    body: createElement(AlertEmail, { appUrl: env().APP_URL, alert }),
  }),
  "cap-notice": (notice) => ({
    subject: capSubject(notice),
    body: createElement(CapNoticeEmail, { appUrl: env().APP_URL, notice }),
  }),
};

/** The subject and body of a mail. */
export function writeMessage<Template extends EmailTemplate>(
  template: Template,
  props: EmailProps[Template],
  recipient: string,
): Message {
  return writers[template](props, recipient);
}
