import { type Html, html } from "../html.ts";
import { inputField } from "./field.ts";
import { testCards } from "./test-cards.ts";

type CardField = "card_number" | "card_expiry" | "card_cvc";

/** What the fields of a card start with. */
export interface CardFieldsView {
  number: string;
  errors: Partial<Record<CardField, string>>;
  /** The field that has the focus when the page opens. */
  focus?: string;
  /** The expiry that a test card is filled in with, as MM/YY. */
  testExpiry: string;
}

/** Number, expiry and code of a card, and the cards to try. A form holds them at most once. */
export function cardFields({ number, errors, focus, testExpiry }: CardFieldsView): Html {
  const field = (name: CardField, label: string, control: Record<string, string | number>) =>
    inputField({
      id: name,
      name,
      label,
      error: errors[name],
      control: {
        ...control,
        inputmode: "numeric",
        required: true,
        spellcheck: "false",
        autofocus: focus === name,
      },
    });
  return html`${field("card_number", "Card number", {
    value: number,
    autocomplete: "cc-number",
    placeholder: "1234 1234 1234 1234",
    maxlength: 23,
  })}
  <div class="pair">
    ${field("card_expiry", "Expiry", {
      autocomplete: "cc-exp",
      placeholder: "MM/YY",
      maxlength: 9,
    })}
    ${field("card_cvc", "CVC", { autocomplete: "cc-csc", placeholder: "123", maxlength: 4 })}
  </div>
  ${testCards(testExpiry)}`;
}
