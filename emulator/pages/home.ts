import { html } from "./html.ts";
import { page } from "./layout.ts";

/** What one sees who opens the emulator's address in a browser. */
export function homePage(url: string): string {
  return page({
    title: "Local Polar",
    body: html`<section class="panel message">
      <h1>Polar, on this machine</h1>
      <p>This answers Polar's API, version 2026-10, at <code>${url}</code>, to whoever has the access token it was started with. Nothing leaves this machine.</p>
      <p>Checkouts and customer portals open from the application that uses it.</p>
    </section>`,
  });
}
