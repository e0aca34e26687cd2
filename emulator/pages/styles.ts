/** The look of every page, written into each: nothing is loaded from anywhere. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f6f8, #101116);
  --panel: light-dark(#ffffff, #181a21);
  --ink: light-dark(#16181d, #eceef3);
  --quiet: light-dark(#565b66, #a2a8b5);
  --line: light-dark(#dfe1e6, #2c303a);
  --field: light-dark(#8a8f9b, #666d7c);
  --accent: light-dark(#1f4fd8, #8fb0ff);
  --on-accent: light-dark(#ffffff, #0d1633);
  --soft: light-dark(#eef2fd, #1d2540);
  --bad: light-dark(#a51d2d, #ff9aa5);
  --bad-soft: light-dark(#fdeef0, #35191e);
  --good: light-dark(#14663c, #7ddba4);
  --good-soft: light-dark(#e9f6ef, #14291e);
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 1.125rem; line-height: 1.35; }
h3 { font-size: 1rem; }
ul { padding: 0; list-style: none; }
.top {
  display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between;
  max-width: 64rem; margin: 0 auto; padding: 1rem 1.25rem;
}
.top strong { font-weight: 650; }
.badge {
  display: inline-block; padding: 0.125rem 0.625rem; border-radius: 1rem; font-size: 0.8125rem;
  background: var(--soft); color: var(--accent); border: 1px solid transparent;
}
.badge.good { background: var(--good-soft); color: var(--good); }
.badge.bad { background: var(--bad-soft); color: var(--bad); }
main { max-width: 64rem; margin: 0 auto; padding: 0.5rem 1.25rem 4rem; display: grid; gap: 1.25rem; }
main.narrow { max-width: 34rem; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.25rem; }
.stack { display: grid; gap: 1rem; align-content: start; }
.tight { display: grid; gap: 0.375rem; align-content: start; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; justify-content: space-between; align-items: baseline; }
.quiet { color: var(--quiet); }
.small { font-size: 0.875rem; }
.price { font-size: 2rem; font-weight: 650; letter-spacing: -0.02em; line-height: 1.1; }
.price small { font-size: 1rem; font-weight: 400; color: var(--quiet); letter-spacing: 0; }
.benefits li { padding-left: 1.5rem; position: relative; }
.benefits li::before { content: "✓"; position: absolute; left: 0; color: var(--good); font-weight: 700; }
.due { border-top: 1px solid var(--line); padding-top: 1rem; }
label, .label { display: block; font-size: 0.875rem; font-weight: 550; margin-bottom: 0.25rem; }
input:not([type=radio]), select, textarea {
  width: 100%; font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--field); border-radius: 0.5rem; padding: 0.5rem 0.75rem; min-height: 2.75rem;
}
input[aria-invalid=true] { border-color: var(--bad); }
textarea { min-height: 5rem; resize: vertical; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: grid; gap: 1rem; }
legend { padding: 0; font-weight: 600; margin-bottom: 0.75rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.error { color: var(--bad); font-size: 0.875rem; margin-top: 0.25rem; }
.alert { background: var(--bad-soft); color: var(--bad); border-radius: 0.5rem; padding: 0.75rem 1rem; }
.notice { background: var(--good-soft); color: var(--good); border-radius: 0.5rem; padding: 0.75rem 1rem; }
button, .button {
  font: inherit; font-weight: 600; cursor: pointer; min-height: 2.75rem; padding: 0.5rem 1.125rem;
  border-radius: 0.5rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent);
  text-decoration: none; display: inline-flex; align-items: center; justify-content: center;
}
button.plain { background: transparent; color: var(--ink); border-color: var(--field); }
button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
button.wide { width: 100%; min-height: 3rem; }
button:hover, .button:hover { filter: brightness(1.08); }
summary { cursor: pointer; padding: 0.25rem 0; min-height: 2rem; }
details > div, details > form { margin-top: 0.75rem; }
.cards { display: grid; gap: 0.5rem; }
.cards li { display: flex; gap: 1rem; align-items: center; justify-content: space-between; }
.cards button { min-height: 2.25rem; padding: 0.25rem 0.75rem; font-size: 0.875rem; }
code { font-family: ui-monospace, "SF Mono", Menlo, monospace; font-size: 0.9375em; white-space: nowrap; }
.table { width: 100%; border-collapse: collapse; }
.table th { text-align: left; font-size: 0.8125rem; font-weight: 550; color: var(--quiet); padding: 0.375rem 0.75rem 0.375rem 0; }
.table td { padding: 0.625rem 0.75rem 0.625rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.table .end { text-align: right; white-space: nowrap; }
.table tr > :last-child { padding-right: 0; }
.scroll { overflow-x: auto; }
progress { width: 100%; height: 0.5rem; accent-color: var(--accent); }
.spinner {
  width: 2rem; height: 2rem; border-radius: 50%; border: 3px solid var(--line); border-top-color: var(--accent);
  animation: turn 0.9s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 4s; } }
@media (min-width: 52rem) {
  .columns { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 3rem; padding-top: 2rem; }
  .columns .about { padding-top: 1.25rem; }
  .panel { padding: 1.75rem; }
}
@media (max-width: 36rem) {
  .orders thead { display: none; }
  .orders tr { display: grid; grid-template-columns: 1fr auto; gap: 0.125rem 1rem; padding: 0.75rem 0; }
  .orders tr + tr { border-top: 1px solid var(--line); }
  .orders td { border: 0; padding: 0; }
  .orders td:nth-child(3) { grid-area: 1 / 2; }
  .orders td:nth-child(4) { text-align: right; }
}
@media print { .no-print { display: none; } body { background: #fff; } .panel { border: 0; } }
`;
