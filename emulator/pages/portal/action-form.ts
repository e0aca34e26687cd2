import { type Html, html, type Renderable } from "../html.ts";

/** A form of the portal, which posts an action in the name of the customer session. */
export function actionForm(
  token: string,
  action: "cancel" | "uncancel" | "set_card" | "change_plan" | "keep_plan",
  body: Renderable,
): Html {
  return html`<form method="post" novalidate>
    <input type="hidden" name="customer_session_token" value="${token}">
    <input type="hidden" name="action" value="${action}">
    ${body}
  </form>`;
}
