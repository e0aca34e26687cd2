/**
 * What only a person can answer, by the line of the checklist. `page` is an address of the app that answers it instead,
 * where there is one; after `days` it is asked again.
 */
export const questions = {
  "sandbox-tested": {
    text: "Has somebody bought, changed, cancelled and refunded a plan in Polar's sandbox, with these versions?",
  },
  "refund-policy": { text: "Is there a refund policy that customers can read?", page: "/refunds" },
  support: {
    text: "Do customers find out how to reach support, and is it read?",
    page: "/support",
  },
  "team-trained": {
    text: "Do those on call know the alerts, the admin and how to give a refund?",
  },
  documentation: {
    text: "Is it written down how the product is used, run and restored?",
  },
  compliance: {
    text: "Are privacy, terms and taxes settled, and the pages that the law asks for there?",
  },
  "acceptable-use": {
    text: "Does what you sell keep to Polar's acceptable use policy, and are your own terms there?",
    page: "/terms",
  },
  backups: {
    text: "Was a backup of the database restored, and looked at?",
    days: 90,
  },
} satisfies Record<string, { text: string; page?: `/${string}`; days?: number }>;

export type QuestionId = keyof typeof questions;

export const isQuestion = (line: string): line is QuestionId => Object.hasOwn(questions, line);
