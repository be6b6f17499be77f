/** How leak review looks, and what a report of `@keyturn/pages` takes from the screens. */
export const LEAK_STYLE = `
:root { --found: var(--bad); --clear: var(--good); --use: var(--accent); --hold: #7c8a9a; }
textarea { width: 100%; padding: .375rem .5rem; border: 1px solid var(--soft); border-radius: var(--radius);
  background: var(--paper); color: var(--ink); font: .875rem/1.5 var(--mono); resize: vertical; }
.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem;
  margin: 1.25rem 0; }
.ways > section { padding: .75rem 1rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.ways h2 { margin: 0; }
.case-key { margin-top: 2rem; }
.case-key > h2 { margin: 0 0 .25rem; font-size: 1.25rem; }
.case-key > h3 { margin: 1.5rem 0 0; font-size: 1rem; }
.case-key > .buttons { margin-top: .5rem; }
.nine { margin: 1rem 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.nine > li { display: grid; grid-template-columns: minmax(14rem, 2fr) 5fr; gap: .25rem 1.5rem;
  padding: .75rem 0 .75rem .75rem; border-bottom: 1px solid var(--line); border-left: .25rem solid transparent; }
.nine > [data-state="done"] { border-left-color: var(--good); }
.nine > [data-state="next"] { border-left-color: var(--accent); background: var(--tint); }
.nine h3 { margin: 0; font-size: .9375rem; }
.nine p { margin: 0; font-size: .875rem; }
.nine .doing { display: grid; gap: .5rem; }
.nine .buttons { margin: 0; }
.nine details { margin: 0; font-size: .875rem; }
.badge { font-weight: 600; color: var(--soft); }
[data-state="done"] .badge { color: var(--good); }
[data-state="next"] .badge { color: var(--accent); }
[data-state="left"] .badge { color: var(--open); }
.case-key ~ .rows { margin-top: 2.5rem; }
.mail { margin: .5rem 0; font-family: var(--sans); }
.report > .told { font-weight: 600; }
.report tbody tr:last-child > td { border-bottom: 0; }
.report h3 { margin: 0 0 .25rem; font-size: 1rem; }
@media (max-width: 44rem) { .nine > li { grid-template-columns: 1fr; gap: .5rem; } }
`;
