import { html } from "./html.ts";
import { layout } from "./layout.ts";

/** What one sees who opens the emulator's address in a browser. */
export function homePage(url: string): string {
  return layout({
    title: "Local Polar",
    heading: "Local Polar",
    body: html`<main class="narrow"><section class="panel stack">
<h1>Polar, on this machine</h1>
<p>This answers Polar's API, version 2026-10, at <code>${url}</code>. It needs the access token that it was started with. Nothing leaves this machine.</p>
<p>Checkouts and customer portals open from the application that uses it.</p>
<div><h2>Test cards</h2>
<ul class="cards">
<li><code>4242 4242 4242 4242</code> pays</li>
<li><code>4000 0000 0000 0002</code> is declined</li>
<li><code>4000 0025 0000 3155</code> asks for confirmation</li>
<li><code>4000 0000 0000 0341</code> pays at first, then fails</li>
</ul></div>
</section></main>`,
  });
}
