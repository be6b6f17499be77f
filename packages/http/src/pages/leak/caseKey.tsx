import type { LeakStepStanding } from 'keyturn';
import { keyPath } from '../keys/keysOf';
import { ActionForm } from '../parts/fields';
import { MaybeText, Text, Time } from '../parts/text';
import { WORDS } from '../words/words';
import { actsBeside, actsOfStep, type ActOf, type StepAct } from './stepActs';

const { leakCase: WORDING } = WORDS;

const ActButton = ({
  act,
  visit,
  isFirst,
}: Pick<ActOf, 'visit'> & { readonly act: StepAct; readonly isFirst: boolean }) => {
  const { name, to, isDirect = false, isDanger = false, isDialog = false } = act;
  const look = isDanger ? 'danger' : isFirst ? 'first' : '';
  return isDirect ? (
    <ActionForm visit={visit} action={to}>
      <button type="submit" class={look}>
        {name}
      </button>
    </ActionForm>
  ) : (
    <a class={`button ${look}`} href={to} data-dialog={isDialog ? '' : undefined}>
      {name}
    </a>
  );
};

/** Those of several acts that somebody may do, or that nobody may. */
const Acts = ({
  acts,
  visit,
  isNext = false,
}: Pick<ActOf, 'visit'> & { readonly acts: ReadonlyArray<StepAct>; readonly isNext?: boolean }) => {
  const permitted = acts.filter(({ permission }) => visit.may(permission));
  if (acts.length > 0 && permitted.length === 0) return <p class="soft">{WORDING.mayNot}</p>;
  return (
    <div class="buttons">
      {permitted.map((act, place) => (
        <ActButton act={act} visit={visit} isFirst={isNext && place === 0} />
      ))}
    </div>
  );
};

const Mail = ({ text, isOpen }: { readonly text: string; readonly isOpen: boolean }) => (
  <details open={isOpen}>
    <summary>{WORDING.mail}</summary>
    <pre class="mail">
      <bdi>{text}</bdi>
    </pre>
    <button type="button" class="plain" data-copy={text} data-copied={WORDS.copied} hidden>
      {WORDING.copyMail}
    </button>
  </details>
);

type StateOfStep = keyof typeof WORDING.state;

const stateOf = ({ step, done }: LeakStepStanding, next: string | null): StateOfStep => {
  if (done) return 'done';
  if (next === null) return 'left';
  return step === next ? 'next' : 'open';
};

const Step = ({ parts, of }: { readonly parts: ActOf; readonly of: LeakStepStanding }) => {
  const { next } = parts.of;
  const state = stateOf(of, next);
  const acts = actsOfStep(parts, of);
  return (
    <li data-state={state} aria-current={state === 'next' ? 'step' : undefined}>
      <div class="step">
        <h3>{WORDING.steps[of.step]}</h3>
        <p>
          <span class="badge">{WORDING.state[state]}</span>
          {of.mark !== null && (
            <>
              {' '}
              <Time at={of.mark.at} />
              {` ${WORDING.by} `}
              <Text>{`${of.mark.actor.kind}:${of.mark.actor.id}`}</Text>
            </>
          )}
        </p>
      </div>
      <div class="doing">
        {(state === 'next' || state === 'open') && <p>{WORDING.todo[of.step]}</p>}
        {acts.length > 0 && <Acts acts={acts} visit={parts.visit} isNext={state === 'next'} />}
        <Mail text={of.mail} isOpen={false} />
      </div>
    </li>
  );
};

/** How the case stands for one key: what it came to, its nine steps, and the act of each that is open. */
export const CaseKey = (parts: ActOf) => {
  const { visit, of, keys } = parts;
  const known = keys.find(({ keyId }) => keyId === of.keyId);
  const beside = actsBeside(parts).filter(({ permission }) => visit.may(permission));
  const heading = `key-${of.keyId}`;
  const vendor = visit.keyturn.vendors.get(of.vendor).name;
  return (
    <section aria-labelledby={heading} class="case-key">
      <h2 id={heading}>
        <a href={keyPath(visit, of.keyId)}>
          <Text>{WORDING.key(of.last4, vendor)}</Text>
        </a>
      </h2>
      <p class={of.outcome === 'contained' ? 'good' : of.outcome === 'not-contained' ? 'bad' : 'open'}>
        {WORDING.outcome[of.outcome]}
      </p>
      {of.notCheckable && <p>{WORDING.notCheckable}</p>}
      <dl>
        <dt>{WORDING.facts.label}</dt>
        <dd>
          <MaybeText>{of.label}</MaybeText>
        </dd>
        {known !== undefined && (
          <>
            <dt>{WORDING.facts.state}</dt>
            <dd>
              <Text>{known.display}</Text>
              {of.suspended && ` ${WORDING.suspended}`}
            </dd>
          </>
        )}
        {of.openRuns.length > 0 && (
          <>
            <dt>{WORDING.facts.runs(of)}</dt>
            <dd>
              <Text>{WORDS.listed(of.openRuns)}</Text>
            </dd>
          </>
        )}
        {WORDING.times(of).map(([name, when]) => (
          <>
            <dt>{name}</dt>
            <dd>{when}</dd>
          </>
        ))}
      </dl>
      <ol class="nine">
        {of.steps.map((step) => (
          <Step parts={parts} of={step} />
        ))}
      </ol>
      {beside.length > 0 && (
        <>
          <h3>{WORDING.also}</h3>
          <Acts acts={beside} visit={visit} />
        </>
      )}
    </section>
  );
};
