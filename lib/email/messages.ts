import "server-only";
import { createElement, type ReactElement } from "react";
import { linkLifetimeSeconds, signInLink } from "@/lib/auth/sign-in-link";
import { env } from "@/lib/env";
import { type OrderConfirmation, OrderConfirmationEmail } from "./templates/order-confirmation";
import { SignInEmail } from "./templates/sign-in";

/** What each mail needs to be written; stored with the mail until it is sent. */
export type EmailProps = {
  "sign-in": { seed: string; returnTo: string };
  "order-confirmation": OrderConfirmation;
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
    subject: order.isRenewal ? "Your Northstar subscription was renewed" : "Your Northstar order",
    body: createElement(OrderConfirmationEmail, { appUrl: env().APP_URL, order }),
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
