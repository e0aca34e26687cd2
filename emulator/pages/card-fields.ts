import { type Html, html } from "./html.ts";

type CardField = "card_number" | "card_expiry" | "card_cvc";

interface Field {
  name: string;
  label: string;
  value?: string;
  error?: string | undefined;
  type?: string;
  autocomplete: string;
  numeric?: boolean;
  placeholder?: string;
}

/** A labelled text field, with what is wrong with it. */
export function field({ name, label, value = "", error, type = "text", ...rest }: Field): Html {
  return html`<div>
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${rest.autocomplete}" required
${rest.numeric && html`inputmode="numeric"`} ${rest.placeholder && html`placeholder="${rest.placeholder}"`}
${error && html`aria-invalid="true" aria-describedby="${name}-error"`}>
${error && html`<p class="error" id="${name}-error">${error}</p>`}
</div>`;
}

/** The three fields of a card. */
export function cardFields(number: string, errors: Partial<Record<CardField, string>>): Html {
  return html`${field({
    name: "card_number",
    label: "Card number",
    value: number,
    error: errors.card_number,
    autocomplete: "cc-number",
    numeric: true,
    placeholder: "1234 1234 1234 1234",
  })}
<div class="pair">
${field({
  name: "card_expiry",
  label: "Expiry",
  error: errors.card_expiry,
  autocomplete: "cc-exp",
  numeric: true,
  placeholder: "MM/YY",
})}
${field({
  name: "card_cvc",
  label: "CVC",
  error: errors.card_cvc,
  autocomplete: "cc-csc",
  numeric: true,
  placeholder: "123",
})}
</div>`;
}

const TEST_CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0025 0000 3155", "asks for confirmation"],
] as const;

/** The test cards, each with a button that types it in; the buttons need the page's script. */
export function testCards(nonce: string): Html {
  return html`<details class="small" open>
<summary>Test cards</summary>
<div><ul class="cards">
${TEST_CARDS.map(
  ([number, what]) =>
    html`<li><span><code>${number}</code><br><span class="quiet">${what}</span></span>
<button class="plain" type="button" data-card="${number}" aria-label="Use the card that ${what}">Use</button></li>`,
)}
</ul></div>
</details>
<script nonce="${nonce}">
for (const button of document.querySelectorAll("[data-card]")) {
  button.addEventListener("click", () => {
    document.getElementById("card_number").value = button.dataset.card;
    document.getElementById("card_expiry").value = "12/34";
    document.getElementById("card_cvc").value = "123";
  });
}
</script>`;
}
