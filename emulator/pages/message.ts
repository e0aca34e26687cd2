import { html } from "./html.ts";
import { layout } from "./layout.ts";

interface Message {
  title: string;
  text: string;
  link?: { href: string; label: string } | null;
}

/** A page with a single message, for links that lead nowhere and things that are over. */
export function messagePage({ title, text, link = null }: Message): string {
  return layout({
    title,
    heading: "Local Polar",
    body: html`<main class="narrow"><section class="panel stack">
<h1>${title}</h1>
<p>${text}</p>
${link && html`<p><a class="button" href="${link.href}">${link.label}</a></p>`}
</section></main>`,
  });
}
