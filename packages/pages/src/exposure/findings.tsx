import type { Evidence, RuleAnswer } from 'keyturn';
import { Rows } from '../parts/rows';
import { plural, Text, Time } from '../parts/text';
import { RULE_WORDS } from './ruleWords';

const evidenceRow = ({ at, sequence, what }: Evidence) => [
  at === null ? '–' : <Time at={at} />,
  sequence === null ? '–' : `#${sequence}`,
  <Text>{what}</Text>,
];

const Found = ({ answer: { rule, evidence } }: { readonly answer: RuleAnswer }) => (
  <article class="rule">
    <h3>
      <span class="state found">found</span>
      <code>{rule}</code>
    </h3>
    <p class="soft">{RULE_WORDS[rule]}</p>
    <Rows
      caption={`Evidence, ${plural(evidence.length, 'entry', 'entries')}`}
      names={['When', 'Log entry', 'What']}
      rows={evidence.map(evidenceRow)}
    />
  </article>
);

/** What each rule says: what was found with its evidence first, then what was not, and what can't be told. */
export const Findings = ({ rules }: { readonly rules: ReadonlyArray<RuleAnswer> }) => {
  const found = rules.filter(({ state }) => state === 'found');
  const others = [
    ...rules.filter(({ state }) => state === 'clear'),
    ...rules.filter(({ state }) => state === 'not-judged'),
  ];
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      {found.length === 0 ? <p>No rule found anything.</p> : found.map((answer) => <Found answer={answer} />)}
      {others.length > 0 && (
        <Rows
          caption="The other rules that were asked"
          names={['Rule', 'Answer', 'What it looks for']}
          rows={others.map(({ rule, state, because }) => [
            <code>{rule}</code>,
            <span class={`state ${state}`}>{state === 'clear' ? 'nothing found' : 'not judged'}</span>,
            because === null ? RULE_WORDS[rule] : `${RULE_WORDS[rule]} ${because}`,
          ])}
        />
      )}
    </section>
  );
};
