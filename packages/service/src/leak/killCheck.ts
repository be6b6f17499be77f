import {
  invalidInput,
  isListed,
  type CaseId,
  type KeyEntry,
  type KeyId,
  type Keyring,
  type KillCheckSays,
} from '@keyturn/domain';
import type { Secret, SecretFingerprints } from '@keyturn/vault';
import type { KillChecker, KillCheckResult } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CommandHandler } from '../commandHandler';
import type { Sent } from '../context';
import { ServiceFault, type Failure } from '../failure';
import type { Release } from '../release';
import { nextOf } from '../systemCommand';
import { writeResultOf, type WriteResult } from '../writeResult';
import { controlOf } from './controlKey';
import type { OnAlive } from './onAlive';

/** What one check of a key came to. */
export interface LeakCheck extends WriteResult {
  readonly says: KillCheckSays;
  /** Calls that it took. */
  readonly attempts: number;
  /** Whether another key of the vendor was taken at the same time. */
  readonly control: 'passed' | 'failed' | 'none';
  /** It is one of the answers in a row that show the key dead. */
  readonly counts: boolean;
  /** The vendor has shown that the key is dead. */
  readonly dead: boolean;
}

interface KillCheckParts {
  readonly clock: () => number;
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly release: Release;
  readonly prober: KillChecker;
  readonly vault: SecretFingerprints;
  readonly onAlive: OnAlive;
}

type Answer = Pick<KillCheckResult, 'callStartedAt' | 'attempts'> & {
  readonly says: KillCheckSays;
  readonly evidence: KillCheckResult['evidence'] | null;
};

/** One check that is to be made: of which key, on whose word, and by the state of which keyring. */
export interface KillCheckAsked {
  /** What its caller was permitted: the opening of this key, or what that is a part of. */
  readonly asked: Sent;
  readonly caseId: CaseId;
  readonly keyring: Keyring;
  readonly key: KeyEntry;
  /** The key itself, where its caller has it; read, and never wiped. */
  readonly secret: Secret | null;
  readonly signal: AbortSignal | undefined;
}

/** Asks the vendor once whether a key still works, and records what it says. */
export type KillCheck = (check: KillCheckAsked) => Promise<E.Either<Failure, LeakCheck>>;

/**
 * Whether our own signal ended the call, and not the vendor. What it came to then says nothing of the key: recorded, it
 * would break a row of answers that show the key dead.
 */
const isCut = (signal: AbortSignal | undefined, { says }: Answer, control: LeakCheck['control']): boolean =>
  signal?.aborted === true && (says === 'cannot-tell' || control === 'failed');

const CUT = new ServiceFault(
  'cancelled',
  'This check was ended before its vendor had answered. No answer is recorded; that the key was opened for it may be.',
);

const opensKey = ({ body }: Sent, keyId: KeyId): boolean =>
  body.type === 'StartTestCall' && body.keyId === keyId;

export const makeKillCheck = ({
  clock,
  handler,
  onAlive,
  prober,
  release,
  vault,
}: KillCheckParts): KillCheck => {
  const called = (
    { vendor, endpoint, region, model }: KeyEntry,
    secret: Secret,
    signal: AbortSignal | undefined,
  ) => secret.use((bytes) => prober.killCheck({ vendor, endpoint, region, model }, bytes, signal));

  /** Opens a key for one check, which is in the log before. */
  const opened = (
    asked: Sent,
    keyId: KeyId,
    signal: AbortSignal | undefined,
  ): TaskEither<Failure, KillCheckResult> => {
    const start = () => nextOf(asked, clock(), { type: 'StartTestCall', keyId, purpose: 'kill-check' });
    return release<never, KillCheckResult>(
      {
        first: opensKey(asked, keyId) ? asked : start(),
        again: () => TE.fromIO(start),
        signal,
      },
      (secret, { key }) => TE.fromTask(called(key, secret, signal)),
    );
  };

  const answered = async (
    asked: Sent,
    key: KeyEntry,
    secret: Secret | null,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, Answer>> => {
    if (secret !== null) {
      if (vault.fingerprint(asked.workspaceId, secret) !== key.fingerprint) {
        return E.left(invalidInput('pasted', 'the very key that is checked: this is another one'));
      }
      return E.right(await called(key, secret, signal)());
    }
    if (isListed(key)) return opened(asked, key.keyId, signal)();
    return E.right({ says: 'not-checkable', callStartedAt: clock(), attempts: 0, evidence: null });
  };

  /** Only an answer that would show the key dead needs one. */
  const controlled = async (
    asked: Sent,
    keyring: Keyring,
    key: KeyEntry,
    { says }: Answer,
    signal: AbortSignal | undefined,
  ): Promise<LeakCheck['control']> => {
    const control = says === 'dead' ? controlOf(keyring, key) : null;
    if (control === null) return 'none';
    const answer = await opened(asked, control.keyId, signal)();
    return E.isRight(answer) && answer.right.says === 'alive' ? 'passed' : 'failed';
  };

  return async ({ asked, caseId, keyring, key, secret, signal }) => {
    const answer = await answered(asked, key, secret, signal);
    if (E.isLeft(answer)) return answer;
    const { says, callStartedAt: checkedAt, attempts, evidence } = answer.right;
    const control = await controlled(asked, keyring, key, answer.right, signal);
    if (isCut(signal, answer.right, control)) return E.left(CUT);
    const handled = await handler.handle(
      nextOf(asked, clock(), {
        type: 'RecordKillCheck',
        keyId: key.keyId,
        caseId,
        says,
        via: 'call',
        checkedAt,
        attempts,
        control,
        evidence,
      }),
    )();
    if (E.isLeft(handled)) return handled;
    const counts = handled.right.events.some(
      ({ event }) => event.type === 'KeyKillChecked' && event.data.counts,
    );
    const leak = handled.right.keyring.leaks.get(key.keyId);
    const dead = leak?.checks.dead ?? false;
    if (says === 'alive' || says === 'alive-unfunded') {
      const open = (leak?.cases ?? []).filter(({ closed, report }) => !closed && report !== null);
      onAlive(
        { workspaceId: asked.workspaceId, keyId: key.keyId },
        open.map((one) => one.caseId),
      );
    }
    return E.right({ says, attempts, control, counts, dead, ...writeResultOf(handled.right) });
  };
};
