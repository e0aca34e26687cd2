/** The one stylesheet of the pages. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9;
  --surface: #fff;
  --ink: #14171c;
  --soft: #586172;
  --line: #e2e5ea;
  --edge: #858d9c;
  --accent: #1f4fd1;
  --accent-strong: #163da8;
  --on-accent: #fff;
  --good: #11633a;
  --good-back: #e5f5ec;
  --warn: #7a4a00;
  --warn-back: #fdf1d3;
  --bad: #a81c1c;
  --bad-back: #fdecec;
  --shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 8px 24px rgb(16 24 40 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0c0e12;
    --surface: #14171d;
    --ink: #eceef2;
    --soft: #a3abb9;
    --line: #272c36;
    --edge: #6f7889;
    --accent: #86adff;
    --accent-strong: #a6c3ff;
    --on-accent: #0a1228;
    --good: #86dfab;
    --good-back: #10301f;
    --warn: #ffd27a;
    --warn-back: #33270b;
    --bad: #ffb0ad;
    --bad-back: #3b1719;
    --shadow: none;
  }
}

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
}
h1, h2, h3, p, dl, dd, ul, fieldset { margin: 0; padding: 0; border: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; text-wrap: balance; }
h2 { font-size: 1.0625rem; font-weight: 650; }
h3 { font-size: 1rem; font-weight: 650; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: 0.2em; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}

/* The frame of all pages. */
.top, main, .bottom { width: 100%; max-width: 64rem; margin: 0 auto; padding: 0 1.25rem; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; padding-top: 1.25rem; padding-bottom: 1.25rem; }
.organization { display: inline-flex; align-items: center; gap: 0.625rem; font-weight: 600; }
.monogram {
  display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 0.5rem;
  background: var(--ink); color: var(--page); font-size: 0.9375rem;
}
.badge {
  padding: 0.125rem 0.625rem; border-radius: 1rem;
  background: var(--warn-back); color: var(--warn); font-size: 0.8125rem; font-weight: 500;
}
.back { margin-left: auto; padding: 0.5rem 0; font-size: 0.9375rem; }
@media (max-width: 32rem) { .badge { order: 1; } }
main { flex: 1; padding-top: 1rem; padding-bottom: 3rem; }
.bottom { padding-bottom: 1.5rem; color: var(--soft); font-size: 0.8125rem; }
.panel {
  padding: 1.5rem; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--surface); box-shadow: var(--shadow);
}
.row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.25rem 1rem; }
.note, .empty, .outlook { color: var(--soft); font-size: 0.9375rem; }

/* Buttons. */
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem;
  padding: 0.5rem 1.125rem; border: 1px solid transparent; border-radius: 0.625rem;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
}
.primary { width: 100%; background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
.quiet { border-color: var(--edge); background: var(--surface); color: var(--ink); }
.quiet:hover, .small:hover { border-color: var(--ink); }
.danger { border-color: var(--bad); background: transparent; color: var(--bad); }
.danger:hover { background: var(--bad-back); }
.small {
  min-height: 2rem; padding: 0.125rem 0.75rem; border-color: var(--edge);
  background: var(--surface); color: var(--ink); font-size: 0.875rem;
}
[aria-busy="true"] { opacity: 0.65; cursor: progress; }

/* Forms. */
form { display: grid; gap: 1.25rem; }
fieldset { display: grid; gap: 1rem; min-width: 0; }
legend { padding: 0; margin-bottom: 0.75rem; font-size: 1.0625rem; font-weight: 650; }
.field { display: grid; gap: 0.375rem; align-content: start; }
.field label { font-size: 0.875rem; font-weight: 500; }
input:not([type="radio"]), select, textarea {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge);
  border-radius: 0.625rem; background: var(--surface); color: var(--ink); font: inherit;
}
select { text-overflow: ellipsis; }
textarea { resize: vertical; }
::placeholder { color: var(--soft); opacity: 1; }
input[readonly] { border-color: var(--line); background: var(--page); }
[aria-invalid="true"] { border-color: var(--bad) !important; }
.field-error { color: var(--bad); font-size: 0.875rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.terms { margin-top: -0.5rem; color: var(--soft); font-size: 0.875rem; text-align: center; text-wrap: balance; }
.notice { padding: 0.75rem 1rem; border-radius: 0.625rem; font-weight: 500; }
.notice:focus { outline: none; }
.notice.good { background: var(--good-back); color: var(--good); }
.notice.bad { background: var(--bad-back); color: var(--bad); }
summary { width: fit-content; padding: 0.25rem 0; border-radius: 0.25rem; color: var(--accent); font-size: 0.9375rem; font-weight: 500; cursor: pointer; }
details[open] > summary { margin-bottom: 0.75rem; }
.test-cards { padding: 0.5rem 0.875rem; border-radius: 0.625rem; background: var(--page); font-size: 0.875rem; }
.test-cards summary { color: var(--ink); font-size: 0.875rem; }
.test-cards p { margin-bottom: 0.25rem; color: var(--soft); }
.test-cards li { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem; padding: 0.5rem 0; }
.test-cards li + li { border-top: 1px solid var(--line); }
.test-cards code { display: block; white-space: nowrap; }
.test-cards li span { color: var(--soft); }
.test-cards li code, .test-cards li button span { color: var(--ink); }

/* Checkout. */
.checkout { display: grid; gap: 2rem; }
.offer { display: grid; gap: 2rem; align-content: start; }
.summary { display: grid; gap: 1rem; }
.summary h1 { color: var(--soft); font-size: 1.125rem; letter-spacing: 0; }
.price { margin-top: -0.75rem; color: var(--soft); }
.figure { color: var(--ink); font-size: 2.5rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.metered { margin-top: -0.75rem; color: var(--soft); }
.trial { padding: 0.75rem 1rem; border-radius: 0.625rem; background: var(--good-back); color: var(--good); font-weight: 500; }
.benefits { display: grid; gap: 0.5rem; }
.benefits ul { display: grid; gap: 0.375rem; }
.benefits li { position: relative; padding-left: 1.625rem; }
.benefits li::before {
  content: ""; position: absolute; left: 0.25rem; top: 0.35em; width: 0.375rem; height: 0.7rem;
  border: solid var(--good); border-width: 0 2px 2px 0; transform: rotate(42deg);
}
.totals { display: grid; gap: 0.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.totals div { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); }
.totals dd { font-variant-numeric: tabular-nums; white-space: nowrap; }
.totals .due { padding-top: 0.25rem; color: var(--ink); font-size: 1.0625rem; font-weight: 650; }
.choice { gap: 0.75rem; justify-items: start; }
.choice fieldset { width: 100%; gap: 0.5rem; }
.option {
  display: flex; align-items: center; gap: 0.75rem; padding: 0.75rem 1rem; border: 1px solid var(--line);
  border-radius: 0.625rem; background: var(--surface); cursor: pointer;
}
.option:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.option input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.option-price { margin-left: auto; color: var(--soft); text-align: right; }
.beside { display: flex; align-items: start; gap: 0.75rem; }
.beside .field { flex: 1; min-width: 0; }
.beside > button { margin-top: 1.75rem; min-width: 6rem; }
.hint { color: var(--soft); font-size: 0.875rem; }
.applied { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem; padding: 0.5rem 0.5rem 0.5rem 1rem; border: 1px solid var(--line); border-radius: 0.625rem; }
.applied p { overflow-wrap: anywhere; }
.applied span { color: var(--soft); }
.pay-end { display: grid; gap: 1.25rem; }
@media (min-width: 56rem) {
  main { padding-top: 2.5rem; }
  .checkout { grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: 5rem; align-items: start; }
  .checkout > .panel { padding: 2rem; }
}

/* A message, the bank and the wait. */
.message { display: grid; gap: 1rem; max-width: 28rem; margin: 2rem auto 0; padding: 2rem 1.5rem; }
.message p { color: var(--soft); }
.message .eyebrow { margin-bottom: -0.75rem; font-size: 0.875rem; font-weight: 500; }
.answers { gap: 0.75rem; }
.spinner {
  width: 2rem; height: 2rem; border: 3px solid var(--line); border-top-color: var(--accent);
  border-radius: 50%; animation: turn 0.9s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 6s; } }

/* Portal. */
.portal { display: grid; gap: 2.25rem; max-width: 44rem; margin: 0 auto; }
.portal-head p { color: var(--soft); overflow-wrap: anywhere; }
.portal section { display: grid; gap: 0.75rem; min-width: 0; }
.stack { display: grid; gap: 0.75rem; }
.portal .panel { display: grid; gap: 0.75rem; }
.subscription p { color: var(--soft); }
.status { padding: 0.125rem 0.625rem; border-radius: 1rem; background: var(--page); color: var(--soft); font-size: 0.8125rem; font-weight: 600; }
.status.good { background: var(--good-back); color: var(--good); }
.status.warn { background: var(--warn-back); color: var(--warn); }
.status.bad { background: var(--bad-back); color: var(--bad); }
.portal form { justify-items: start; gap: 1rem; max-width: 27rem; }
.portal form > * { width: 100%; }
.portal form > button { width: auto; }
.card-number { font-weight: 600; font-variant-numeric: tabular-nums; }
.list { display: grid; }
.list > li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; padding: 0.75rem 0; }
.list > li:first-child { padding-top: 0; }
.list > li:last-child { padding-bottom: 0; }
.list > li + li { border-top: 1px solid var(--line); }
.list > li > div:first-child { flex: 1 1 12rem; min-width: 0; display: grid; gap: 0.125rem; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.portal .list form { width: auto; }
.portal .panel.list { gap: 0; }
.benefit-name, .activation-label { font-weight: 500; }
.benefit-note { padding: 0.5rem 0.75rem; margin-top: 0.25rem; border-radius: 0.5rem; background: var(--page); font-size: 0.9375rem; white-space: pre-line; }
.key { display: flex; align-items: center; gap: 0.75rem; padding: 0.5rem 0.5rem 0.5rem 0.875rem; border: 1px solid var(--line); border-radius: 0.625rem; background: var(--page); }
.key code { flex: 1; min-width: 0; overflow-wrap: anywhere; user-select: all; }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; color: var(--soft); font-size: 0.9375rem; }
.activations { display: grid; gap: 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h4 { margin: 0; font-size: 0.9375rem; font-weight: 600; }
h4 .note { margin-left: 0.25rem; font-weight: 400; }
.bar { height: 0.5rem; border-radius: 0.25rem; background: var(--line); overflow: hidden; }
.bar svg { display: block; height: 100%; border-radius: inherit; background: var(--accent); }
.bar.over svg { background: var(--bad); }
.figures { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; }
.figures dt { color: var(--soft); font-size: 0.875rem; }
.figures dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.portal .orders { gap: 0; padding-block: 0.25rem; }
.orders li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.25rem 1rem; padding: 0.875rem 0; }
.orders li + li { border-top: 1px solid var(--line); }
.orders li > div { display: grid; align-content: start; justify-items: start; }
.order-name { font-weight: 500; overflow-wrap: anywhere; }
.orders .note { display: flex; flex-wrap: wrap; column-gap: 0.75rem; }
.orders .note > time, .orders .status { white-space: nowrap; }
.orders .order-amount { justify-items: end; gap: 0.125rem; font-variant-numeric: tabular-nums; }
.orders .order-links { display: flex; gap: 1rem; font-size: 0.9375rem; line-height: 1.6; }
.portal form { grid-template-columns: minmax(0, 1fr); }
.portal .choice { justify-self: stretch; max-width: 28rem; width: 100%; }
.portal .option { display: grid; grid-template-columns: auto 1fr auto; width: 100%; }
.portal .option-price { text-align: right; }
@media (min-width: 40rem) {
  .orders li { grid-template-columns: minmax(0, 1fr) auto auto; gap: 2rem; }
}
`;
