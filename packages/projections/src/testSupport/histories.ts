import * as domain from '@keyturn/domain';
import {
  type Command,
  type CommandBody,
  defaultDecider,
  type EnvelopedEvent,
  type Keyring,
} from '@keyturn/domain';
import * as fc from 'fast-check';
import { isRight } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { leakBodyOf } from './leakBodies';

/** One command's events, as they were appended. */
export interface Appended {
  readonly workspaceId: string;
  readonly events: ReadonlyArray<EnvelopedEvent>;
  /** The keyring once they are appended. */
  readonly keyring: Keyring;
}

/** What a command is to be about; which key or run that is depends on what there is when its turn comes. */
interface Intent {
  /** But for DisownEvents: there is nothing to disown in what only a service wrote. */
  readonly kind: Exclude<CommandBody['type'], 'DisownEvents'>;
  readonly workspace: number;
  readonly key: number;
  readonly other: number;
  readonly flag: boolean;
  readonly variant: number;
}

const START = Date.UTC(2026, 10, 23, 8);
const EVIDENCE = { status: 200, code: null, requestId: null, latencyMs: 5 };

const parsed = <A>(codec: t.Type<A, unknown>, value: unknown): A => {
  const decoded = codec.decode(value);
  if (isRight(decoded)) return decoded.right;
  throw new Error(`not a ${codec.name}: ${JSON.stringify(value)}`);
};

const keyId = (n: number) => parsed(domain.KeyId, `key-${n}`);
const runId = (n: number) => parsed(domain.RunId, `run-${n}`);
const projectId = (n: number) => parsed(domain.ProjectId, `project-${n % 2}`);
const vendor = (n: number) => parsed(domain.Vendor, n % 3 === 0 ? 'openai' : 'anthropic');
const caseId = parsed(domain.CaseId, 'case-1');
const cases = (n: number) => parsed(domain.CaseId, `case-${1 + (n % 2)}`);

const nth = <A>(all: ReadonlyArray<A>, n: number): A | undefined => all[n % Math.max(1, all.length)];

const outcome = (variant: number, callStartedAt: number): domain.ValidationOutcome => {
  const rest = { callStartedAt, evidence: EVIDENCE };
  if (variant < 6) return { kind: 'accepted', condition: variant === 0 ? 'throttled' : 'completed', ...rest };
  if (variant < 9) {
    const reason = (['unfunded', 'rejected', 'leaked'] as const)[variant - 6] ?? 'rejected';
    return { kind: 'failed', reason, ...rest };
  }
  return { kind: 'inconclusive', reason: 'timeout', ...rest };
};

const bodyOf = (intent: Intent, keyring: Keyring, step: number, time: number): CommandBody => {
  const { key, other, flag, variant } = intent;
  const listed = domain.listedKeys(keyring).map((entry) => entry.keyId);
  const known = [...keyring.keys.keys()];
  const chosen = nth(listed, key) ?? keyId(key);
  const any = nth(known, key) ?? keyId(key);
  const successor = flag ? (nth(listed, other) ?? null) : null;
  const openRun = nth([...keyring.openPins.keys()], key) ?? runId(key);
  switch (intent.kind) {
    case 'AddKey':
      return {
        type: 'AddKey',
        keyId: keyId(100 + step),
        vendor: vendor(variant),
        endpoint: null,
        region: flag ? 'eu' : null,
        ...(flag ? { model: `deployed-${variant}` } : {}),
        label: flag ? `prod-${step}` : null,
        last4: `A${String(step % 1000).padStart(3, '0')}`,
        fingerprint: `fingerprint-of-a-secret-${step}`,
        expiresAt: variant > 7 ? time + 1_000 * other : null,
      };
    case 'RelabelKey':
      return { type: 'RelabelKey', keyId: chosen, label: flag ? `dev-${step}` : null };
    case 'SetKeyExpiry':
      return { type: 'SetKeyExpiry', keyId: chosen, expiresAt: flag ? time + 1_000 * other : null };
    case 'AbandonAdd':
      return { type: 'AbandonAdd', keyId: keyId(1000 + step) };
    case 'StartTestCall':
      return { type: 'StartTestCall', keyId: chosen, purpose: flag ? 'add' : 'revalidate' };
    case 'RecordValidation':
      return { type: 'RecordValidation', keyId: chosen, outcome: outcome(variant, time) };
    case 'SetDefault':
      return {
        type: 'SetDefault',
        keyId: chosen,
        scope: flag ? { kind: 'workspace' } : { kind: 'project', projectId: projectId(other) },
        ...(variant > 6 ? { projects: 'follow' } : {}),
      };
    case 'ClearProjectDefault':
      return { type: 'ClearProjectDefault', projectId: projectId(other) };
    case 'DeleteKey':
      return { type: 'DeleteKey', keyId: chosen, successor, leaveEmpty: variant > 7 };
    case 'HardDeleteKey':
      return {
        type: 'HardDeleteKey',
        keyId: chosen,
        successor,
        caseId,
        reason: variant > 4 ? 'leak' : 'other',
      };
    case 'ReportLeak':
      return {
        type: 'ReportLeak',
        keyId: any,
        caseId: cases(variant),
        reportedBy: flag ? 'the customer' : null,
        suspectedSince: flag ? time - 60_000 * other : null,
        source: null,
        usedElsewhere: 'unknown',
        stranger: flag ? 'yes' : 'no',
      };
    case 'WithdrawLeakReport':
    case 'SuspendKey':
    case 'ReinstateKey':
    case 'RecordKillCheck':
    case 'RecordRevocation':
    case 'RecordLeakReview':
    case 'CloseLeakCase':
      return leakBodyOf({ type: intent.kind, keyId: any, caseId: cases(variant), variant, time });
    case 'StartRun':
      return {
        type: 'StartRun',
        runId: runId(step),
        projectId: flag ? projectId(other) : null,
        choice:
          variant < 5
            ? { kind: 'default' }
            : variant < 8
              ? { kind: 'key', keyId: chosen }
              : { kind: 'vendor', vendor: vendor(key) },
        leaseSeconds: variant === 0 ? 600 : 36_000,
      };
    case 'ResumeRun':
      return { type: 'ResumeRun', runId: openRun, leaseSeconds: 7_200 };
    case 'FinishRun':
      return { type: 'FinishRun', runId: openRun, outcome: flag ? 'succeeded' : 'failed' };
    case 'ExpireRuns':
      return { type: 'ExpireRuns', now: time, storeTime: time, lapse: { kind: 'told', graceMs: 0 } };
    case 'ConfirmDestruction':
      return {
        type: 'ConfirmDestruction',
        keyId:
          nth(
            known.filter((id) => !listed.includes(id)),
            key,
          ) ?? any,
        receipt: { destroyedAt: time, secretsDestroyed: 1, dataKeysDestroyed: 1, method: 'test', checks: [] },
      };
    case 'CloseWorkspace':
      return { type: 'CloseWorkspace', caseId };
    case 'DestroyWorkspaceKeys':
      return { type: 'DestroyWorkspaceKeys' };
    case 'RenewLogKey':
      return { type: 'RenewLogKey', number: step };
    case 'AcceptLog':
      return {
        type: 'AcceptLog',
        known: keyring.revision + 3,
        left: keyring.revision,
        lostKeys: [keyId(2000 + step)],
        removals: [
          {
            keyId: any,
            fingerprint: `fingerprint-of-a-secret-${step}`,
            hardDeleted: flag,
            leaked: variant > 4,
          },
        ],
        successor: nth(listed, other) ?? null,
      };
  }
};

const ACTORS = [
  { kind: 'user', id: 'ada' },
  { kind: 'support', id: 'eve', originRef: 'origin-7' },
  { kind: 'service', id: 'compiler' },
] as const;

const commandOf = (intent: Intent, keyring: Keyring, workspaceId: string, step: number): Command => {
  const time = START + step * 60_000;
  return {
    workspaceId: parsed(domain.WorkspaceId, workspaceId),
    commandId: parsed(domain.CommandId, `command-${step}`),
    issuedAt: time,
    time,
    actor: parsed(domain.Actor, nth(ACTORS, intent.variant)),
    correlationId: parsed(domain.CorrelationId, `request-${Math.floor(step / 2)}`),
    causationId: `command-${step}`,
    body: bodyOf(intent, keyring, step, time),
  };
};

const decideAll = (intents: ReadonlyArray<Intent>): ReadonlyArray<Appended> => {
  const keyrings = new Map<string, Keyring>();
  const appended: Appended[] = [];
  for (const [step, intent] of intents.entries()) {
    const workspaceId = `ws-${intent.workspace}`;
    const before = keyrings.get(workspaceId) ?? defaultDecider.initialState;
    const command = commandOf(intent, before, workspaceId, step);
    const { events, keyring } = defaultDecider.decideAll(before, [command]);
    if (events.length === 0) continue;
    keyrings.set(workspaceId, keyring);
    appended.push({ workspaceId, events, keyring });
  }
  return appended;
};

const weighted = <A>(weights: ReadonlyArray<readonly [A, number]>): fc.Arbitrary<A> =>
  fc.oneof(...weights.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));

const intents: fc.Arbitrary<Intent> = fc.noBias(
  fc.record({
    kind: weighted<Intent['kind']>([
      ['AddKey', 6],
      ['RecordValidation', 8],
      ['StartRun', 10],
      ['FinishRun', 5],
      ['SetDefault', 4],
      ['DeleteKey', 3],
      ['HardDeleteKey', 1],
      ['ResumeRun', 2],
      ['StartTestCall', 1],
      ['RelabelKey', 1],
      ['SetKeyExpiry', 1],
      ['AbandonAdd', 1],
      ['ClearProjectDefault', 1],
      ['ReportLeak', 2],
      ['WithdrawLeakReport', 1],
      ['SuspendKey', 1],
      ['ReinstateKey', 1],
      ['RecordKillCheck', 1],
      ['RecordRevocation', 1],
      ['RecordLeakReview', 1],
      ['CloseLeakCase', 1],
      ['ExpireRuns', 1],
      ['ConfirmDestruction', 2],
    ]),
    workspace: weighted([
      [0, 3],
      [1, 1],
    ]),
    key: fc.nat(9),
    other: fc.nat(9),
    flag: fc.boolean(),
    variant: fc.nat(9),
  }),
);

/** Two keys that work, so that most of what follows finds something to act on. */
const PRELUDE: ReadonlyArray<Intent> = (
  ['AddKey', 'RecordValidation', 'AddKey', 'RecordValidation', 'StartRun'] as const
).map((kind, step) => ({ kind, workspace: 0, key: step > 2 ? 1 : 0, other: 0, flag: true, variant: 1 }));

const historiesOf = (constraints: fc.ArrayConstraints): fc.Arbitrary<ReadonlyArray<Appended>> =>
  fc.array(intents, { ...constraints, size: 'max' }).map((some) => decideAll([...PRELUDE, ...some]));

/** The first workspace is closed, and ends what it had begun. */
const LEAVING: ReadonlyArray<Intent> = (
  ['CloseWorkspace', 'StartRun', 'FinishRun', 'DestroyWorkspaceKeys', 'ConfirmDestruction'] as const
).map((kind) => ({ kind, workspace: 0, key: 0, other: 0, flag: true, variant: 1 }));

/** What the domain's own rules make of up to so many random commands in two workspaces, and of one that leaves. */
export const histories = (steps: number): fc.Arbitrary<ReadonlyArray<Appended>> =>
  fc
    .tuple(fc.array(intents, { maxLength: steps, size: 'max' }), fc.boolean())
    .map(([some, leaves]) => decideAll([...PRELUDE, ...some, ...(leaves ? LEAVING : [])]));

/** One history of exactly so many random commands, the same for the same seed. */
export const someHistory = (steps: number, seed: number): ReadonlyArray<Appended> => {
  const [history = []] = fc.sample(historiesOf({ minLength: steps, maxLength: steps }), {
    numRuns: 1,
    seed,
  });
  return history;
};
