import { REPORT_STYLE } from '../exposure/reportStyle';

/**
 * The one style of every page. System fonts, light and dark, and paper. It stands in the page, whose policy allows it
 * by its digest.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1c2127;
  --soft: #57606a;
  --line: #d5dbe1;
  --tint: #f5f7f9;
  --found: #b3261e;
  --clear: #1a6b32;
  --open: #7a5200;
  --use: #2f6feb;
  --hold: #8a9bb0;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a;
    --ink: #e4e8ec;
    --soft: #a3adb8;
    --line: #363d45;
    --tint: #1d2226;
    --found: #ff8f85;
    --clear: #7bd88f;
    --open: #f0b849;
    --use: #79a8ff;
    --hold: #7c8a9a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  padding: 2rem 1.25rem 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 var(--sans);
}
header, main, footer { max-width: 64rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.25rem; }
h3 { margin: 0 0 .25rem; font-size: 1rem; }
p { max-width: 44rem; margin: .5rem 0; }
bdi, code, dd, td { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1 bdi { white-space: nowrap; }
code, .mono { font-family: var(--mono); font-size: .9em; }
.soft { color: var(--soft); }
${REPORT_STYLE}dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
table { width: 100%; margin: .75rem 0; border-collapse: collapse; font-size: .875rem; }
caption { padding: .25rem 0; color: var(--soft); text-align: left; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
tbody tr:last-child > td { border-bottom: 0; }
td code { white-space: nowrap; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--soft); }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 44rem) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  table.rows, .rows caption, .rows tbody, .rows tr, .rows td { display: block; }
  .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rows tr { padding: .5rem 0; }
  .rows tr + tr { border-top: 1px solid var(--line); }
  .rows td { display: grid; grid-template-columns: 6rem 1fr; gap: .75rem; padding: .1rem 0; border: 0; }
  .rows td::before { content: attr(data-name); color: var(--soft); }
  .rows .time, .rows code { white-space: normal; }
}
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --tint: #ffffff;
    --found: #8c1d18; --clear: #14532d; --open: #6b4700; --use: #1d4ed8; --hold: #8a9bb0;
  }
  @page { margin: 16mm 14mm; }
  body { padding: 0; font-size: 10pt; }
  header, main, footer { max-width: none; }
  h1 { font-size: 18pt; }
  h2 { margin-top: 16pt; font-size: 13pt; break-after: avoid; }
  h3, caption { break-after: avoid; }
  table { font-size: 8.5pt; }
  .state { font-size: 8pt; }
  td, th { padding-right: 8pt; }
  thead { display: table-header-group; }
  tr, figure, dl, .rule p, ol.marks { break-inside: avoid; }
  .scroll { overflow: visible; }
  svg { min-width: 0; }
  details { display: none; }
  pre { overflow: visible; font-size: 8pt; }
}
`;
