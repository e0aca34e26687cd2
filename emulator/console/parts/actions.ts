import { attributes, type Html, html, type Renderable } from "../../pages/html.ts";

interface Action {
  /** What the form's `action` field says. */
  name: string;
  label: string;
  /** Which of several like it, for those who hear the button only. */
  about?: string;
  tone?: "quiet" | "danger" | "primary";
  small?: boolean;
  /** Further fields, sent along. */
  fields?: Record<string, string>;
}

/** A button that does one thing at once: a form of its own that posts to the page's address. */
export function actionButton(href: string, action: Action): Html {
  const { name, label, about, tone = "quiet", small = false, fields = {} } = action;
  return html`<form method="post" action="${href}">
    <input${attributes({ type: "hidden", name: "action", value: name })}>
    ${Object.entries(fields).map(([field, value]) => html`<input${attributes({ type: "hidden", name: field, value })}>`)}
    <button class="${tone}${small && " small"}">${label}${about && html`<span class="unseen"> ${about}</span>`}</button>
  </form>`;
}

/** The actions of an object's page, side by side. */
export function actionBar(children: readonly Renderable[]): Html | null {
  const shown = children.filter((child) => child !== null && child !== false);
  if (shown.length === 0) return null;
  return html`<div class="actions">${shown}</div>`;
}
