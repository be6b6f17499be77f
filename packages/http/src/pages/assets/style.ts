/** The one style of the screens. System fonts, light and dark; every colour is a custom property. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --ink: #1c2127;
  --soft: #57606a;
  --line: #d5dbe1;
  --tint: #f5f7f9;
  --accent: #1f5fd0;
  --on-accent: #ffffff;
  --good: #1a6b32;
  --open: #7a5200;
  --bad: #b3261e;
  --radius: .375rem;
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
    --accent: #79a8ff;
    --on-accent: #10141a;
    --good: #7bd88f;
    --open: #f0b849;
    --bad: #ff8f85;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: .9375rem/1.5 var(--sans); }
.skip { position: absolute; left: .5rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { top: .5rem; }
.head { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline;
  padding: .75rem max(1.25rem, calc(50% - 36.75rem)); border-bottom: 1px solid var(--line); background: var(--tint); }
.head b { font-size: 1rem; }
.head nav { flex: 1; }
.head ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.head a { color: var(--soft); text-decoration: none; }
.head a:hover { color: var(--ink); text-decoration: underline; }
.head a[aria-current] { color: var(--ink); font-weight: 600; border-bottom: 2px solid var(--accent); }
main { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1.25rem 4rem; }
.top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; justify-content: space-between; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.0625rem; }
p { max-width: 44rem; margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
bdi, code, dd, td { overflow-wrap: anywhere; unicode-bidi: isolate; }
code, .mono { font-family: var(--mono); font-size: .9em; }
.soft { color: var(--soft); }
.good { color: var(--good); }
.open { color: var(--open); }
.bad { color: var(--bad); }
.note { margin: 1rem 0; padding: .625rem 1rem; border: 1px solid var(--line); border-left: .25rem solid var(--accent);
  border-radius: var(--radius); background: var(--tint); max-width: none; }
.note p { margin: .125rem 0; max-width: 56rem; }
.note.good { border-left-color: var(--good); color: var(--ink); }
.note.bad { border-left-color: var(--bad); color: var(--ink); }
.note.open { border-left-color: var(--open); color: var(--ink); }
.note p.buttons { margin-top: .75rem; }
.note h2 { margin: 0 0 .25rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, .button { display: inline-block; padding: .375rem .875rem; border: 1px solid var(--line);
  border-radius: var(--radius); background: var(--paper); color: var(--ink); font: inherit; font-weight: 600;
  line-height: 1.4; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--soft); }
.first { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.danger { border-color: var(--bad); color: var(--bad); }
button:disabled { background: var(--tint); color: var(--soft); cursor: not-allowed; }
.first:disabled { border-color: var(--line); }
.plain { padding: 0; border: 0; background: none; color: var(--accent); font-weight: 400; text-decoration: underline;
  text-underline-offset: .15em; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1.25rem 0 0; }
form { margin: 0; }
.form { max-width: 34rem; }
.field { margin: 1rem 0; }
.field label, legend { display: block; padding: 0; font-weight: 600; }
.hint { margin: 0 0 .25rem; color: var(--soft); font-size: .875rem; }
input, select { width: 100%; padding: .375rem .5rem; border: 1px solid var(--soft); border-radius: var(--radius);
  background: var(--paper); color: var(--ink); font: inherit; }
input[type="checkbox"], input[type="radio"] { width: auto; margin: .2rem .5rem 0 0; accent-color: var(--accent); }
.check { display: flex; align-items: flex-start; margin: .5rem 0; }
.check label { font-weight: 400; }
.secret { font-family: var(--mono); }
.under { margin: 0 0 .75rem 1.375rem; }
.under .field { margin: .25rem 0; }
.under .field label { font-weight: 400; }
fieldset { margin: 1rem 0; padding: 0; border: 0; }
.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: .5rem 1rem;
  align-items: start; margin: 1rem 0; padding: .75rem 1rem; border: 1px solid var(--line);
  border-radius: var(--radius); }
.filters .field { margin: 0; }
.filters .field label { font-size: .8125rem; color: var(--soft); }
.filters input:not([type="checkbox"]), .filters select { height: 2.25rem; }
.filters .buttons { margin: 0; align-self: end; }
.filters .check { align-self: end; }
.do { font-size: .8125rem; }
.filters .hint { margin: .125rem 0 0; }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; font-size: .875rem; }
caption { padding: .25rem 0; color: var(--soft); text-align: left; }
caption.shown { color: var(--ink); font-size: 1.0625rem; font-weight: 600; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody tr:hover { background: var(--tint); }
td details { margin: 0; font-size: .8125rem; }
td dl { margin: .25rem 0 .5rem; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.key { font-weight: 600; }
span.label.open { color: var(--open); }
a.key.bad { color: var(--bad); }
a.key.open { color: var(--open); }
a.key.soft { color: var(--soft); }
.label { display: block; color: var(--soft); font-size: .8125rem; }
.acts { margin: .5rem 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.acts > li { display: grid; grid-template-columns: 10rem 1fr; gap: .25rem 1rem; align-items: center;
  padding: .5rem 0; border-bottom: 1px solid var(--line); }
.acts .button, .acts button { width: 100%; text-align: center; }
.acts p { margin: 0; color: var(--soft); font-size: .875rem; max-width: none; }
.steps { margin: .5rem 0; padding-left: 1.5rem; }
.would { margin: .5rem 0; padding-left: 1.25rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--soft); }
dialog { width: min(36rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 1.25rem 1.5rem 1.5rem;
  overflow: auto; border: 1px solid var(--line); border-radius: calc(2 * var(--radius)); background: var(--paper);
  color: var(--ink); }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog h1 { font-size: 1.25rem; }
dialog [data-rehearsal] button { display: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
@media (min-width: 60.001rem) {
  .keys table { table-layout: fixed; }
  .keys .time { white-space: normal; }
  .keys th:nth-child(1) { width: 23%; }
  .keys th:nth-child(2) { width: 13%; }
  .keys th:nth-child(3), .keys th:nth-child(7), .keys th:nth-child(8) { width: 9%; }
  .keys th:nth-child(6) { width: 12%; }
}
@media (max-width: 60rem) {
  main { padding: 1rem 1rem 3rem; }
  table.rows, .rows caption, .rows tbody, .rows tr, .rows td { display: block; }
  .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rows tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .rows td { display: grid; grid-template-columns: 7rem 1fr; gap: .75rem; padding: .1rem 0; border: 0; }
  .rows td::before { content: attr(data-name); color: var(--soft); }
  .rows .time { white-space: normal; }
  .rows td:has(.nothing) { display: none; }
}
@media (max-width: 36rem) {
  dl, .acts > li { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  .acts p { margin-top: .25rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
