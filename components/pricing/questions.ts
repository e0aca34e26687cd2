import type { Question } from "@/components/marketing/questions";

export const pricingQuestions: readonly Question[] = [
  {
    question: "When am I charged after the trial?",
    answer:
      "On the day the trial ends, unless you cancel before. The date is on your dashboard the whole time.",
  },
  {
    question: "Can I change or cancel later?",
    answer:
      "Yes, on the billing page, in a few clicks and without writing to anyone. A higher plan comes at once, a lower one when the paid period is over. A canceled plan runs until the end of the period you paid for.",
  },
  {
    question: "What happens when a payment fails?",
    answer:
      "Nothing at once. The payment is tried again, you get a notice with the date, and everything keeps working until then.",
  },
  {
    question: "Who handles the payment?",
    answer:
      "Polar, as merchant of record. It takes the card, works out the tax and issues the invoice. Card numbers never reach our servers.",
  },
];
