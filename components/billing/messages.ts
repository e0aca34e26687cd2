import { site } from "@/components/brand/site";

type Message = {
  title: string;
  text: string;
  action?: { label: string; href: string };
};

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
      text: "Change, resume or end it here, so that you don't pay twice.",
    },
    no_subscription: {
      title: "There is no subscription to change",
      text: "Nothing was charged. You can choose a plan on the pricing page.",
      action: { label: "See the plans", href: "/pricing" },
    },
    changed_meanwhile: {
      title: "Your subscription has changed meanwhile",
      text: "So nothing was done. Below is how it is now; please choose again.",
    },
    change_in_progress: {
      title: "Another change is still under way",
      text: "So this one was not made. Please look again in a moment.",
    },
    payment_failed: {
      title: "The payment did not go through",
      text: "Your plan and what it gives are as they were. Update the card, then try again.",
      action: { label: "Update the card", href: "/api/portal" },
    },
    not_possible: {
      title: "That is not possible just now",
      text: "Nothing was changed or charged. Below is how your subscription is.",
    },
    change_unconfirmed: {
      title: "The payment service did not answer",
      text: "So we can't say yet whether the change was made. Below is what is confirmed; please look again in a few minutes.",
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
    discount_refused: {
      title: "This code can't be used for that",
      text: "It may have expired, been used up, or be for another plan. Nothing was charged; you can choose again without it.",
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
