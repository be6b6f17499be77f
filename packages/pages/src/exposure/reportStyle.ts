/**
 * How the sections of a report look, wherever they stand. The custom properties are the page's: `--paper`, `--ink`,
 * `--soft`, `--line`, `--tint`, `--found`, `--clear`, `--open`, `--use`, `--hold`, `--sans` and `--mono`.
 */
export const REPORT_STYLE = `.what { margin: 0; color: var(--soft); font-size: 1.125rem; }
.told { margin-top: 1rem; font-size: 1.125rem; font-weight: 600; }
.state { display: inline-block; margin-right: .5rem; padding: 0 .5rem; border: 1px solid; border-radius: 1rem;
  font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.found { color: var(--found); }
.clear { color: var(--clear); }
.not-judged { color: var(--open); }
.rule { margin: 1rem 0; padding: .75rem 1rem 1rem; border: 1px solid var(--line);
  border-left: .25rem solid var(--found); border-radius: .375rem; }
.rule p { margin: 0 0 .5rem; }
figure { margin: 1rem 0; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--use); outline-offset: 2px; }
svg { display: block; width: 100%; min-width: 42rem; height: auto; }
svg text { fill: var(--soft); font: 12px var(--sans); }
svg .axis { stroke: var(--line); }
svg .bar { fill: var(--use); }
svg .hold { fill: var(--hold); }
svg .call { stroke: var(--use); stroke-width: 1.5; }
svg .move { fill: var(--ink); }
svg .refused { stroke: var(--found); stroke-width: 1.5; }
svg .mark { stroke: var(--ink); stroke-dasharray: 3 3; }
svg .dot { fill: var(--ink); }
svg .dot-number { fill: var(--paper); font-weight: 700; text-anchor: middle; }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
ol.marks { margin: .5rem 0; padding-left: 1.75rem; font-size: .875rem; }
pre { overflow-x: auto; margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: .375rem;
  background: var(--tint); font: .8125rem/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
`;
