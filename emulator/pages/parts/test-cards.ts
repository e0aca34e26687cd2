import { type Html, html } from "../html.ts";

const CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0025 0000 3155", "asks for confirmation"],
] as const;

/**
 * The cards to try, folded up. The buttons stay hidden until a script can make them work.
 *
 * @param expiry what to fill in, as MM/YY
 */
export function testCards(expiry: string): Html {
  return html`<details class="test-cards">
    <summary>Test cards</summary>
    <p>Any expiry to come and any CVC will do.</p>
    <ul>
      ${CARDS.map(
        ([number, effect]) => html`<li>
          <span><code>${number}</code> ${effect}</span>
          <button type="button" class="small" hidden data-card-number="${number}" data-card-expiry="${expiry}">
            Use<span class="unseen"> ${number}</span>
          </button>
        </li>`,
      )}
    </ul>
    <p class="unseen" role="status"></p>
  </details>`;
}
