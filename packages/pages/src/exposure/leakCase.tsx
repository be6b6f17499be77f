import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import { Rows } from '../parts/rows';
import { Text, Time } from '../parts/text';
import { LEAK_OUTCOME_WORDS, LEAK_STEP_NAMES, leakRunsWords, leakTimeWords } from './caseWords';

const stateOf = ({ done }: LeakStepStanding, { next }: LeakCaseKeyStanding): string => {
  if (done) return 'done';
  return next === null ? 'left open' : 'open';
};

/** How the case of the key stands: its nine steps, and how long the leak was open. */
export const CaseOfKey = ({ caseId, of }: { readonly caseId: string; readonly of: LeakCaseKeyStanding }) => (
  <section aria-labelledby="case">
    <h2 id="case">
      The case <Text>{caseId}</Text>
    </h2>
    <p>{LEAK_OUTCOME_WORDS[of.outcome]}</p>
    <dl>
      {leakTimeWords(of).map(([name, when]) => (
        <>
          <dt>{name}</dt>
          <dd>{when}</dd>
        </>
      ))}
      {of.openRuns.length > 0 && (
        <>
          <dt>{leakRunsWords(of)}</dt>
          <dd>
            <Text>{of.openRuns.join(', ')}</Text>
          </dd>
        </>
      )}
    </dl>
    {of.notCheckable && <p>A kill check could not be made, since nobody had the bytes of the key.</p>}
    <Rows
      caption="The nine steps"
      names={['Step', 'State', 'When', 'By']}
      rows={of.steps.map((step) => [
        LEAK_STEP_NAMES[step.step],
        stateOf(step, of),
        step.mark === null ? '–' : <Time at={step.mark.at} />,
        step.mark === null ? '–' : <Text>{`${step.mark.actor.kind}:${step.mark.actor.id}`}</Text>,
      ])}
    />
  </section>
);
