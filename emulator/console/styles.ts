/** What the console has beside the stylesheet of all pages. */
export const consoleStyles = `
.wide .top, .wide main, .wide .bottom { max-width: 78rem; }
.wide .top { padding-bottom: 0.75rem; }
.wide .badge { order: 0; }
.wide main { display: grid; gap: 1.25rem; align-content: start; grid-template-columns: minmax(0, 1fr); padding-top: 0; }
.state { display: inline-flex; align-items: center; gap: 0.625rem; margin-left: auto; font-size: 0.875rem; }
.state-clock { color: var(--soft); font-variant-numeric: tabular-nums; text-decoration: none; padding: 0.5rem 0; }
.state-clock:hover { text-decoration: underline; }
a.status { text-decoration: none; }

.places { position: sticky; top: 0; z-index: 1; margin: 0 -1.25rem; padding: 0 1.25rem; background: var(--page); border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
.places ul { display: flex; gap: 0.25rem; }
.places a { display: block; padding: 0.6875rem 0.625rem; color: var(--soft); font-size: 0.9375rem; font-weight: 500; text-decoration: none; white-space: nowrap; border-bottom: 2px solid transparent; }
.places a:hover { color: var(--ink); }
.places a[aria-current] { color: var(--ink); border-bottom-color: var(--accent); }
.places a:focus-visible { outline-offset: -3px; border-radius: 0.5rem; }

.skip { position: absolute; left: 1.25rem; top: -4rem; z-index: 2; padding: 0.5rem 1rem; border-radius: 0.5rem; background: var(--surface); }
.skip:focus { top: 0.5rem; }
.console:focus { outline: none; }
.console { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); align-content: start; min-width: 0; }
.console section { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); }
.console h1 { overflow-wrap: anywhere; text-wrap: wrap; }
.console .row.start { justify-content: start; gap: 0.25rem 0.75rem; }
.eyebrow { color: var(--soft); font-size: 0.875rem; font-weight: 500; }
.id { margin-top: 0.125rem; color: var(--soft); overflow-wrap: anywhere; }
.faint { color: var(--soft); }
.status { white-space: nowrap; }
.clock { display: inline-block; white-space: nowrap; }
.notice ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-weight: 400; }
.notice.warn { background: var(--warn-back); color: var(--warn); }

.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.actions form { display: block; }
.console .primary { width: auto; }
.console button:not(.small), .console .button { min-height: 2.5rem; padding: 0.375rem 0.875rem; font-size: 0.9375rem; }

.search { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); gap: 0.75rem; align-items: end; }
.inline { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; padding: 1rem 1.25rem; }
.console .inline button, .console .search button { justify-self: start; min-height: 2.75rem; }
.forms { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 0.75rem; }
.pager { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; color: var(--soft); font-size: 0.9375rem; }

.list { padding: 0; overflow: hidden; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th, td { padding: 0.625rem 0.75rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th:first-child, td:first-child { padding-left: 1.25rem; }
th:last-child, td:last-child { padding-right: 1.25rem; }
thead th { padding-block: 0.5rem; color: var(--soft); font-size: 0.8125rem; font-weight: 500; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th { font-weight: 500; min-width: 8rem; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover > * { background: var(--page); }
td time { color: var(--soft); }
.figures-cell { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures-cell form { display: inline-block; }
table .small { min-height: 1.75rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: 1rem 1.25rem; }
.facts dt { color: var(--soft); font-size: 0.8125rem; }
.facts dd { overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; }
.secret summary { display: inline-block; color: var(--accent); font-weight: 400; text-decoration: underline; text-underline-offset: 0.2em; }
.secret code { overflow-wrap: anywhere; }
.fold form { margin-top: 1rem; max-width: 34rem; justify-items: start; }
.fold .field { width: 100%; }
.source { min-width: 0; }
.source pre { margin: 0.5rem 0 0; max-height: 32rem; overflow: auto; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--surface); font: 0.8125rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace; tab-size: 2; }
.attempt { display: grid; gap: 0.625rem; grid-template-columns: minmax(0, 1fr); }
.attempt .source summary { font-size: 0.9375rem; font-weight: 500; }
.attempt .source pre { background: var(--page); white-space: pre-wrap; overflow-wrap: anywhere; }

.intro { display: grid; gap: 0.5rem; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr)); gap: 0.75rem; }
.counts li { display: grid; align-content: start; padding: 1rem 1.25rem; }
.counts a { font-size: 0.9375rem; font-weight: 500; }
.counts .figure { font-size: 1.75rem; }
.counts .note { font-size: 0.8125rem; }
.now { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; padding: 1rem 1.25rem; font-variant-numeric: tabular-nums; }
.now .figure { font-size: 1.5rem; }
.now time { font-weight: 600; }

.presets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 0.75rem; }
.presets li { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem; padding: 0.875rem 1.125rem; }
.presets button { white-space: nowrap; }
.faults .panel { display: grid; gap: 1rem; padding: 1.25rem; }
.faults fieldset.panel { border: 1px solid var(--line); }
.faults legend { float: left; width: 100%; margin: 0; }
.faults legend + * { clear: both; }
.faults > button { justify-self: start; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1rem; align-items: end; }
.check { display: flex; gap: 0.625rem; align-items: center; font-weight: 500; }
.check input { flex: none; width: 1.125rem; height: 1.125rem; min-height: 0; margin: 0; accent-color: var(--accent); }

@media (max-width: 48rem) {
  table .wide { display: none; }
  .panel { padding: 1.125rem; }
  .console .list { padding: 0; }
  th:first-child, td:first-child { padding-left: 1rem; }
  th:last-child, td:last-child { padding-right: 1rem; }
  tbody th { min-width: 0; width: 45%; }
  td time { font-size: 0.8125rem; }
  .facts { grid-template-columns: repeat(auto-fill, minmax(min(8.5rem, 100%), 1fr)); }
  .grid { grid-template-columns: repeat(auto-fill, minmax(min(8.5rem, 100%), 1fr)); }
  .search .field:first-child { grid-column: 1 / -1; }
}

@media (max-width: 24rem) {
  table .phone { display: none; }
  th, td { padding-inline: 0.5rem; }
  tbody th { min-width: 6.5rem; }
}
`;
