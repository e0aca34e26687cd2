import { Html, html } from "./html.ts";
import { styles } from "./styles.ts";

interface Page {
  title: string;
  /** Whose page it is, at the top. */
  heading: string;
  body: Html;
  head?: Html | null;
}

/** A whole document. It says of itself that nothing here is real. */
export function layout({ title, heading, body, head = null }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(styles)}</style>
${head}
</head>
<body>
<header class="top">
<strong>${heading}</strong>
<span class="badge">Local Polar · no real money</span>
</header>
${body}
</body>
</html>
`.toString();
}
