import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import type { LicenseKeyView, PortalPageView } from "../views.ts";
import { actionForm } from "./action-form.ts";

const write = new Intl.NumberFormat("en-US").format;

function status({ status, expires_at }: models.LicenseKeyRead, now: string) {
  if (status === "revoked") return { words: "Revoked", tone: "bad" };
  if (status === "disabled") return { words: "Disabled", tone: "warn" };
  return expires_at !== null && expires_at <= now
    ? { words: "Expired", tone: "bad" }
    : { words: "Active", tone: "good" };
}

function limits({ usage, limit_usage, expires_at }: models.LicenseKeyRead): Html | null {
  const uses = limit_usage === null ? null : `${write(usage)} of ${write(limit_usage)} uses`;
  if (uses === null && expires_at === null) return null;
  return html`<p class="facts">
    ${uses && html`<span>${uses}</span>`}
    ${expires_at && html`<span>Good until ${dateText(expires_at)}</span>`}
  </p>`;
}

function activationItem(
  activation: models.LicenseKeyActivationBase,
  key: models.LicenseKeyRead,
  token: string,
): Html {
  return html`<li class="activation">
    <div>
      <span class="activation-label">${activation.label}</span>
      <span class="note">Since ${dateText(activation.created_at)}</span>
    </div>
    ${actionForm(
      token,
      "deactivate",
      html`<input type="hidden" name="license_key_id" value="${key.id}">
      <input type="hidden" name="activation_id" value="${activation.id}">
      <button class="small">Deactivate<span class="unseen"> ${activation.label}</span></button>`,
    )}
  </li>`;
}

function activations(key: models.LicenseKeyWithActivations, token: string): Html | null {
  if (key.limit_activations === null) return null;
  const { activations: places, limit_activations } = key;
  return html`<div class="activations">
    <h4>Activations <span class="note">${places.length} of ${limit_activations} in use</span></h4>
    ${
      places.length === 0
        ? html`<p class="empty">The key is not in use anywhere yet.</p>`
        : html`<ul class="list">${places.map((each) => activationItem(each, key, token))}</ul>`
    }
  </div>`;
}

function keyItem({ key, name, showsActivations }: LicenseKeyView, view: PortalPageView): Html {
  const { words, tone } = status(key, view.now);
  const isUsable = key.status !== "revoked";
  return html`<li class="panel">
    <div class="row"><h3>${name}</h3><span class="status ${tone}">${words}</span></div>
    <div class="key">
      <code>${key.key}</code>
      ${isUsable && html`<button type="button" class="small" hidden data-copy="${key.key}">Copy</button>`}
    </div>
    ${limits(key)}
    ${showsActivations && isUsable && activations(key, view.token)}
    ${
      isUsable &&
      html`<details>
        <summary>Get a new key</summary>
        ${actionForm(
          view.token,
          "rotate_key",
          html`<input type="hidden" name="license_key_id" value="${key.id}">
          <p>The key above stops working at once. Its uses and activations stay as they are.</p>
          <button class="danger">Replace this key</button>`,
        )}
      </details>`
    }
  </li>`;
}

/** The license keys of the customer; nothing without one. */
export function licenseKeys(view: PortalPageView): Html | null {
  if (view.licenseKeys.length === 0) return null;
  return html`<section id="license-keys">
    <h2>License keys</h2>
    <ul class="stack">${view.licenseKeys.map((item) => keyItem(item, view))}</ul>
    <p class="unseen" role="status" id="copied"></p>
  </section>`;
}
