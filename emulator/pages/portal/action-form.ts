import { type Html, html, type Renderable } from "../html.ts";
import type { PortalAction } from "../portal-actions.ts";

/** A form of the portal, which posts an action in the name of the customer session. */
export function actionForm(token: string, action: PortalAction, body: Renderable): Html {
  return html`<form method="post" novalidate>
    <input type="hidden" name="customer_session_token" value="${token}">
    <input type="hidden" name="action" value="${action}">
    ${body}
  </form>`;
}
