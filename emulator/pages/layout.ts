import { type Html, html, trusted } from "./html.ts";
import { submitOnce } from "./scripts.ts";
import { stylesheet } from "./styles.ts";

/** A document's parts. */
export interface PageParts {
  title: string;
  body: Html;
  head?: Html;
  /** Whose page it is; shown at the top. */
  organizationName?: string;
  /** Stands at the end of the top, such as a way back. */
  aside?: Html | null;
  /** Of the Content-Security-Policy; without one the page has no script and works all the same. */
  nonce?: string;
  scripts?: readonly string[];
  /** Rules beside the stylesheet of all pages. */
  styles?: string;
  /** Takes more room, for tables. */
  wide?: boolean;
}

function organization(name: string): Html {
  return html`<span class="organization">
    <span class="monogram" aria-hidden="true">${[...name][0]?.toUpperCase()}</span>${name}
  </span>`;
}

/** A whole document: the frame that all pages share, around a body. */
export function page(parts: PageParts): string {
  const { title, body, head, organizationName, aside, nonce, scripts = [], styles, wide } = parts;
  const running = nonce ? [submitOnce, ...scripts] : [];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(stylesheet)}</style>
${styles && html`<style>${trusted(styles)}</style>`}
${head}
</head>
<body${wide && html` class="wide"`}>
<header class="top">
  ${organizationName ? organization(organizationName) : null}
  <span class="badge">Local Polar · test mode</span>
  ${aside}
</header>
<main>${body}</main>
<footer class="bottom">Local Polar stands in for polar.sh while you develop. No card is ever charged.</footer>
${running.map((script) => html`<script nonce="${nonce}">${trusted(script)}</script>`)}
</body>
</html>
`.toString();
}
