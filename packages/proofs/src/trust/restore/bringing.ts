import { isKeyturnError, openKeyturn, type Keyturn, type KeyturnOptions, type VerifyFinding } from 'keyturn';
import { openedOver, type BehindTheDoor } from '../faulty/behindTheDoor';
import type { Deployed, PutBack } from './deployed';

/** Who accepts what is lost, and repeats what is on the list of deaths. */
export const GRACE = { kind: 'support', id: 'grace' } as const;

/** Whoever owns the workspace pastes keys again. */
const ADA = { kind: 'user', id: 'ada' } as const;

export const support = (workspaceId: string) => ({ workspaceId, actor: GRACE });
export const owner = (workspaceId: string) => ({ workspaceId, actor: ADA });

/** What the documented acts came to. */
export interface Brought {
  /** Workspaces that somebody had to accept a loss for. */
  readonly accepted: ReadonlySet<string>;
  /** Keys on file without a secret, as `verify` tells of them. */
  readonly withoutSecret: ReadonlySet<string>;
  /** What no document says. */
  readonly wrong: ReadonlyArray<string>;
}

export const openPutBack = (
  { where }: Pick<PutBack, 'where'>,
  { sandbox }: Pick<Deployed, 'sandbox'>,
  behind: BehindTheDoor,
  more: Partial<KeyturnOptions> = {},
): Promise<Keyturn> =>
  openedOver(behind, () =>
    openKeyturn({
      ...where,
      authorize: () => true,
      housekeeping: false,
      testCallsPerMinute: 10_000,
      endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
      ...more,
    }),
  );

/** What `docs/backup-and-restore.md` has accepted. */
const TO_ACCEPT: ReadonlyArray<string> = [
  'log-behind',
  'witness-differs',
  'witness-damaged',
  'key-lost-from-log',
];
/** What it says a sweep mends, or a new paste. */
const IN_ORDER: ReadonlyArray<string> = ['secret-lost-from-vault', 'undestroyed-secret'];

/** `keyturn log accept`, and with `--successor` where that is asked for. */
const accept = async ({ log }: Keyturn, workspaceId: string): Promise<string | null> => {
  try {
    await log.accept(support(workspaceId), {});
    return null;
  } catch (error) {
    if (!isKeyturnError(error)) throw error;
    if (error.code !== 'successor-needed') return `log accept came to ${error.code}: ${error.message}`;
    const refused: string[] = [];
    for (const { keyId: successor } of error.facts.candidates) {
      try {
        await log.accept(support(workspaceId), { successor });
        return null;
      } catch (again) {
        if (!isKeyturnError(again)) throw again;
        refused.push(again.code);
      }
    }
    return `log accept asked for a successor, and with each candidate came to ${refused.join(', ') || 'none'}`;
  }
};

const toAccept = (findings: ReadonlyArray<VerifyFinding>): ReadonlyArray<string> => [
  ...new Set(
    findings.flatMap(({ kind, workspaceId }) =>
      TO_ACCEPT.includes(kind) && workspaceId !== null ? [workspaceId] : [],
    ),
  ),
];

const READ_MODELS = ['key-list', 'run-usage', 'audit-log'] as const;

/** Read models that had seen more than the events have now say so, and are rebuilt. */
const rebuiltWhereBehind = async ({ audit, projections }: Keyturn): Promise<void> => {
  try {
    await audit.page({ actor: GRACE });
  } catch (error) {
    if (!isKeyturnError(error) || error.code !== 'store-behind') throw error;
    for (const name of READ_MODELS) await projections.rebuild(name);
  }
};

/** Steps 5 to 7 of the document: what is lost is accepted, all is looked over, and swept. */
export const bringBack = async (keyturn: Keyturn): Promise<Brought> => {
  const wrong: string[] = [];
  const accepted = new Set<string>();
  const acceptAll = async (workspaceIds: ReadonlyArray<string>): Promise<void> => {
    for (const workspaceId of workspaceIds) {
      const refused = await accept(keyturn, workspaceId);
      if (refused === null) accepted.add(workspaceId);
      else wrong.push(`workspace ${workspaceId}: ${refused}`);
    }
  };
  await rebuiltWhereBehind(keyturn);
  const heads = await keyturn.verify({ actor: GRACE }, { depth: 'heads' });
  await acceptAll(toAccept(heads.findings));
  let { findings } = await keyturn.verify({ actor: GRACE });
  const late = toAccept(findings);
  if (late.length > 0 && wrong.length === 0) {
    await acceptAll(late);
    ({ findings } = await keyturn.verify({ actor: GRACE }));
  }
  for (const { kind, workspaceId, keyId, what } of findings) {
    if (IN_ORDER.includes(kind)) continue;
    wrong.push(`workspace ${workspaceId ?? 'none'}, key ${keyId ?? 'none'}: verify found ${kind}: ${what}`);
  }
  for (const { workspaceId } of await keyturn.log.losses({ actor: GRACE }))
    wrong.push(
      `workspace ${workspaceId}: log accept --all finds a loss that neither restore nor verify told of`,
    );
  const withoutSecret = new Set(
    findings.flatMap(({ kind, keyId }) =>
      kind === 'secret-lost-from-vault' && keyId !== null ? [keyId] : [],
    ),
  );
  const swept = await keyturn.housekeeping.sweep({ actor: GRACE });
  for (const { workspaceId, kind, code, keyId, reason } of swept.pending) {
    if (code === 'within-grace' || code === 'overdue') continue;
    if (kind === 'secret-lost-from-vault' && keyId !== null && withoutSecret.has(keyId)) continue;
    wrong.push(`workspace ${workspaceId}: a sweep left ${kind} (${code}): ${reason}`);
  }
  return { accepted, withoutSecret, wrong };
};

/** Does an act, with a successor where one is needed; gives why it was refused, or null. */
export const orSuccessor = async (
  act: (more: { readonly successor?: string }) => Promise<unknown>,
): Promise<string | null> => {
  try {
    await act({});
    return null;
  } catch (error) {
    if (!isKeyturnError(error)) throw error;
    const [candidate] = error.code === 'successor-needed' ? error.facts.candidates : [];
    if (candidate === undefined) return error.code;
    return orSuccessor(() => act({ successor: candidate.keyId }));
  }
};
