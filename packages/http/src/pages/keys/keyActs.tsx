import type { KnownKey } from 'keyturn';
import type { Permission } from '../../options';
import type { Visit } from '../frame/page';
import { ActionForm } from '../parts/fields';
import { PROBLEMS } from '../words/problems';
import { WORDS } from '../words/words';
import { isOnFile, keyPath, refusalOf } from './keysOf';

/** An act that somebody may take up, or why not. */
interface OfferedAct {
  readonly page: string;
  readonly name: string;
  readonly hint: string;
  /** In the refusal's own sentence; null where nothing is in the way. */
  readonly why: string | null;
  /** Done at once, and not asked about on a page of its own. */
  readonly isDirect?: boolean;
  readonly look?: 'first' | 'danger';
}

/** What their own page asks for. */
const ASKED_THERE: ReadonlyArray<string> = ['successor-needed', 'last-key'];

/** Stands for a case in a rehearsal. Nothing of that is kept. */
export const ANY_CASE = 'rehearsal';

/** What can be done with a key: the decider is asked about each in advance. */
export const offeredActs = async (visit: Visit, key: KnownKey): Promise<ReadonlyArray<OfferedAct>> => {
  const { keyturn, ctx, may } = visit;
  const { keyId } = key;
  const dryRun = { dryRun: true } as const;
  const why = async (permission: Permission, rehearse: () => Promise<unknown>): Promise<string | null> => {
    if (!may(permission)) return PROBLEMS['not-permitted']?.detail ?? null;
    const refusal = await refusalOf(rehearse);
    return refusal === null || ASKED_THERE.includes(refusal.code) ? null : refusal.message;
  };
  const hardDelete: OfferedAct = {
    page: '/hard-delete',
    name: WORDS.hardDelete.act,
    hint: WORDS.hardDelete.lead,
    look: 'danger',
    why: await why('HardDeleteKey', () => keyturn.keys.hardDelete(ctx, { keyId, caseId: ANY_CASE }, dryRun)),
  };
  const report: OfferedAct = {
    page: '/leak/report',
    name: WORDS.reportLeak.act,
    hint: WORDS.reportLeak.hint,
    why: await why('ReportLeak', () => keyturn.support.report(ctx, { keyId, caseId: ANY_CASE }, dryRun)),
  };
  if (!isOnFile(key)) return [hardDelete, report];
  const ofCase = { keyId, caseId: key.leakCases[0] ?? ANY_CASE };
  return [
    {
      page: '/default',
      name: WORDS.default.act,
      hint: key.isDefault ? WORDS.key.isDefault : WORDS.default.lead,
      ...(key.isDefault ? {} : { look: 'first' as const }),
      why: await why('SetDefault', () => keyturn.keys.setDefault(ctx, { keyId }, dryRun)),
    },
    {
      page: '/test',
      name: WORDS.test.act,
      hint: WORDS.test.hint,
      isDirect: true,
      why: await why('ValidateKey', () => keyturn.keys.validate(ctx, { keyId }, dryRun)),
    },
    {
      page: '/label',
      name: WORDS.rename.act,
      hint: WORDS.add.labelHint,
      why: await why('RelabelKey', () => keyturn.keys.relabel(ctx, { keyId, label: key.label }, dryRun)),
    },
    {
      page: '/expiry',
      name: WORDS.expiry.act,
      hint: WORDS.expiry.lead,
      why: await why('SetKeyExpiry', () =>
        keyturn.keys.setExpiry(ctx, { keyId, expiresAt: key.expiresAt }, dryRun),
      ),
    },
    key.suspended
      ? {
          page: '/reinstate',
          name: WORDS.reinstate.act,
          hint: WORDS.reinstate.lead,
          why: await why('ReinstateKey', () => keyturn.support.reinstate(ctx, ofCase, dryRun)),
        }
      : {
          page: '/suspend',
          name: WORDS.suspend.act,
          hint: WORDS.suspend.lead,
          // Nobody is told of a case that a rehearsal made up.
          why:
            key.leakCases.length === 0
              ? WORDS.suspend.notReported
              : await why('SuspendKey', () => keyturn.support.suspend(ctx, ofCase, dryRun)),
        },
    {
      page: '/delete',
      name: WORDS.delete.act,
      hint: WORDS.delete.hint,
      look: 'danger',
      why: await why('DeleteKey', () => keyturn.keys.delete(ctx, { keyId }, dryRun)),
    },
    hardDelete,
    report,
  ];
};

const ActButton = ({
  act,
  of,
  visit,
}: {
  readonly act: OfferedAct;
  readonly of: KnownKey;
  readonly visit: Visit;
}) => {
  const { page, name, why, isDirect = false, look = '' } = act;
  const told = `why${page.replaceAll('/', '-')}`;
  if (why !== null) {
    return (
      <button type="button" class={look} disabled aria-describedby={told}>
        {name}
      </button>
    );
  }
  if (isDirect) {
    return (
      <ActionForm visit={visit} action={keyPath(visit, of.keyId, page)}>
        <button type="submit">{name}</button>
      </ActionForm>
    );
  }
  return (
    <a class={`button ${look}`} href={keyPath(visit, of.keyId, page)} data-dialog="" aria-describedby={told}>
      {name}
    </a>
  );
};

/** What can be done, each with what it means, or why it can't be. */
export const KeyActs = ({
  acts,
  of,
  visit,
}: {
  readonly acts: ReadonlyArray<OfferedAct>;
  readonly of: KnownKey;
  readonly visit: Visit;
}) => (
  <>
    <h2>{WORDS.key.acts}</h2>
    <ul class="acts">
      {acts.map((act) => (
        <li>
          <ActButton act={act} of={of} visit={visit} />
          <p id={`why${act.page.replaceAll('/', '-')}`}>{act.why ?? act.hint}</p>
        </li>
      ))}
    </ul>
  </>
);
