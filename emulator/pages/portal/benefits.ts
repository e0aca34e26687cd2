import type { models } from "@polar-sh/sdk/2026-10";
import { dateText } from "../dates.ts";
import { type Html, html } from "../html.ts";
import type { PortalPageView } from "../views.ts";

const write = new Intl.NumberFormat("en-US").format;

/** What there is to know of a benefit beyond its name. */
function details({ benefit }: models.CustomerBenefitGrant, view: PortalPageView): Html | null {
  switch (benefit.type) {
    case "custom":
      return benefit.properties.note
        ? html`<p class="benefit-note">${benefit.properties.note}</p>`
        : null;
    case "meter_credit": {
      const { units, meter_id, rollover } = benefit.properties;
      const meter = view.meters.find((each) => each.meter_id === meter_id)?.meter.name;
      return html`<p class="note">${write(units)} units${meter && ` of ${meter}`}${rollover && ", what is left stays"}</p>`;
    }
    case "license_keys":
      return html`<p class="note"><a href="#license-keys">See your key</a></p>`;
    case "discord":
      return html`<p class="note">A role on a Discord server</p>`;
    case "github_repository": {
      const { repository_owner, repository_name } = benefit.properties;
      return html`<p class="note">Access to ${repository_owner}/${repository_name} on GitHub</p>`;
    }
    case "downloadables": {
      const { length } = benefit.properties.active_files;
      return html`<p class="note">${length} ${length === 1 ? "file" : "files"} to download</p>`;
    }
    case "slack_shared_channel":
      return html`<p class="note">A shared channel on Slack</p>`;
    default:
      return null;
  }
}

function benefitItem(grant: models.CustomerBenefitGrant, view: PortalPageView): Html {
  return html`<li>
    <div>
      <span class="benefit-name">${grant.benefit.description}</span>
      ${details(grant, view)}
    </div>
    ${grant.granted_at && html`<span class="note">Since ${dateText(grant.granted_at)}</span>`}
  </li>`;
}

/** What the customer holds. */
export function benefits(view: PortalPageView): Html {
  return html`<section id="benefits">
    <h2>Benefits</h2>
    ${
      view.benefits.length === 0
        ? html`<p class="empty">You hold no benefit now.</p>`
        : html`<ul class="panel list held">${view.benefits.map((item) => benefitItem(item, view))}</ul>`
    }
  </section>`;
}
