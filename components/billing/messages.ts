import { site } from "@/components/brand/site";

type Message = {
  title: string;
  text: string;
  action?: { label: string; href: string };
};

const portal = { label: "Open the billing portal", href: "/api/portal" };
const support = { label: "Write to support", href: `mailto:${site.supportEmail}` };

/** The codes that checkout and portal send back, in words that say what to do next. */
const messages = new Map<string, Message>(
  Object.entries({
    unavailable: {
      title: "The payment service can't be reached",
      text: "Nothing was charged. Please try again in a few minutes.",
    },
    already_subscribed: {
      title: "You have a subscription already",
      text: "To move to another plan, change it in the billing portal, so that you don't pay twice.",
      action: portal,
    },
    unknown_product: {
      title: "That plan is not on sale",
      text: "Nothing was charged. Please choose one of the plans shown here.",
    },
    archived_product: {
      title: "That plan is no longer sold",
      text: "Nothing was charged. Please choose one of the plans shown here.",
    },
    email_conflict: {
      title: "This e-mail address belongs to another customer",
      text: "We stopped here to protect that account. Nothing was charged; support can sort it out.",
      action: support,
    },
    portal_unavailable: {
      title: "The billing portal can't be opened just now",
      text: "Your plan is not affected. Please try again in a few minutes.",
    },
    refresh_unavailable: {
      title: "The payment service can't be reached just now",
      text: "What is shown is what we knew before; your plan is not affected. Please try again in a few minutes.",
    },
    refreshed_just_now: {
      title: "This was refreshed just now",
      text: "Please wait half a minute before you ask again.",
    },
    refresh_failed: {
      title: "The refresh did not work",
      text: "Your plan is not affected. Please try again, or write to support.",
      action: support,
    },
    trial_used: {
      title: "The free trial has been used",
      text: "A trial can be started once. You can still subscribe; it is then paid from the first day.",
    },
  }),
);

const fallback: Message = {
  title: "That did not work",
  text: "Nothing was charged. Please try again, or write to support.",
  action: support,
};

export function messageFor(code: string): Message {
  return messages.get(code) ?? fallback;
}
