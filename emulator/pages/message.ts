import { html } from "./html.ts";
import { page } from "./layout.ts";
import type { MessagePageView } from "./views.ts";

/** A page that only says something, such as that a link has expired. */
export function messagePage({ title, text, link, organizationName }: MessagePageView): string {
  return page({
    title,
    organizationName,
    body: html`<section class="panel message">
      <h1>${title}</h1>
      <p>${text}</p>
      ${link && html`<p><a class="button quiet" href="${link.href}">${link.label}</a></p>`}
    </section>`,
  });
}
