import { attributes, type Html, html } from "../html.ts";

/**
 * A word on what just happened. It takes the focus where the page wants that: what is there when a
 * page opens is not announced by itself.
 */
export function notice(tone: "good" | "bad", text: string, focus = true): Html {
  const role = tone === "bad" ? "alert" : "status";
  return html`<p class="notice ${tone}"${attributes({ role, tabindex: -1, autofocus: focus })}>${text}</p>`;
}
