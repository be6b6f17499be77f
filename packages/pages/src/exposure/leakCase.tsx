import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import { Rows } from '../parts/rows';
import { plural, Text, Time } from '../parts/text';

const STEPS: { readonly [S in LeakStepStanding['step']]: string } = {
  find: '1. Find the key',
  report: '2. Report it',
  'stop-stranger': '3. Stop the stranger',
  successor: '4. Successor',
  revoke: '5. Revoke at the vendor',
  'kill-check': '6. Kill check',
  'hard-delete': '7. Hard-delete here',
  review: '8. Review',
  close: '9. Close',
};

const OUTCOMES: { readonly [O in LeakCaseKeyStanding['outcome']]: string } = {
  contained: 'Contained: the vendor showed that the key is dead.',
  'revoked-unconfirmed': 'Revoked, as a person says. Nothing confirms it.',
  'not-contained': 'Not contained.',
  withdrawn: 'The report was withdrawn.',
};

const after = (minutes: number | null): string => {
  if (minutes === null) return 'not yet';
  return minutes < 0
    ? `${plural(-minutes, 'minute')} before the report`
    : `${plural(minutes, 'minute')} after the report`;
};

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
    <p>{OUTCOMES[of.outcome]}</p>
    <dl>
      <dt>Revoked</dt>
      <dd>{after(of.minutesToRevoked)}</dd>
      <dt>Shown dead</dt>
      <dd>{after(of.minutesToDead)}</dd>
      {of.openRuns.length > 0 && (
        <>
          <dt>Open runs that have it</dt>
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
        STEPS[step.step],
        stateOf(step, of),
        step.mark === null ? '–' : <Time at={step.mark.at} />,
        step.mark === null ? '–' : <Text>{`${step.mark.actor.kind}:${step.mark.actor.id}`}</Text>,
      ])}
    />
  </section>
);
