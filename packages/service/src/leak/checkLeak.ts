import {
  CASE_RULE,
  CaseId,
  invalidInput,
  isListed,
  KeyId,
  unknownKey,
  type CommandBody,
  type KeyEntry,
  type KillCheckSays,
  type Keyring,
} from '@keyturn/domain';
import type { Secret, SecretFingerprints } from '@keyturn/vault';
import type { KillChecker, KillCheckResult } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from '../authorization';
import { permitted, withRequest, type Commanding } from '../commanding';
import type { CommandHandler } from '../commandHandler';
import { commandOf, decoded, type CallContext, type CommandWith } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import type { KeyringRepository } from '../keyringRepository';
import type { RateLimit } from '../rateLimit';
import type { Release } from '../release';
import { nextOf } from '../systemCommand';
import { writeResultOf, type WriteResult } from '../writeResult';
import { controlOf } from './controlKey';
import type { OfLeakCase } from './leakRequests';

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

interface CheckParts extends Commanding {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly release: Release;
  readonly prober: KillChecker;
  readonly vault: SecretFingerprints;
  readonly rateLimit: Pick<RateLimit, 'take'>;
}

type StartTestCall = CommandWith<Extract<CommandBody, { readonly type: 'StartTestCall' }>>;
type Answer = Pick<KillCheckResult, 'callStartedAt' | 'attempts'> & {
  readonly says: KillCheckSays;
  readonly evidence: KillCheckResult['evidence'] | null;
};

const OF_CASE: MembersOf<OfLeakCase> = { keyId: true, caseId: true };

export const makeCheckLeak = (parts: CheckParts) => {
  const { clock, handler, prober, release, repository, vault } = parts;

  const called = (
    { vendor, endpoint, region, model }: KeyEntry,
    secret: Secret,
    signal: AbortSignal | undefined,
  ) => secret.use((bytes) => prober.killCheck({ vendor, endpoint, region, model }, bytes, signal));

  /** Opens a key for one check, which is in the log before. */
  const opened = (
    asked: StartTestCall,
    keyId: KeyId,
    signal: AbortSignal | undefined,
  ): TaskEither<Failure, KillCheckResult> => {
    const start = () => nextOf(asked, clock(), { type: 'StartTestCall', keyId, purpose: 'kill-check' });
    return release<never, KillCheckResult>(
      {
        first: keyId === asked.body.keyId ? asked : start(),
        again: () => TE.fromIO(start),
        signal,
      },
      (secret, { key }) => TE.fromTask(called(key, secret, signal)),
    );
  };

  const answered = async (
    asked: StartTestCall,
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
    asked: StartTestCall,
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

  /**
   * Asks the vendor once whether a key still works, and records what it says. A key on file is opened for that, after
   * KeyTestCallStarted is in the log; of a destroyed one the caller gives the secret, whose fingerprint has to match.
   * Without one it is recorded that the key can't be checked.
   *
   * Refuses `unknown-key`, `invalid-input`, `rate-limited`. Faults: those of vault and store.
   *
   * @param secret - read, and never wiped: it stays the caller's
   */
  return (context: CallContext, given: OfLeakCase, secret: Secret | null): TaskEither<Failure, LeakCheck> =>
    withRequest(given, OF_CASE, (request) => {
      const asking = permitted(parts, context, {
        action: 'RecordKillCheck',
        impliedEffects: ['secret-released', 'vendor-called'],
        target: targetOf({ keyId: request.keyId }),
      });
      return async () => {
        const caller = await asking();
        if (E.isLeft(caller)) return caller;
        const { workspaceId, signal } = caller.right;
        const keyId = decoded(KeyId, 'keyId', request.keyId);
        if (E.isLeft(keyId)) return keyId;
        const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
        if (E.isLeft(caseId)) return caseId;
        const allowed = parts.rateLimit.take(workspaceId);
        if (E.isLeft(allowed)) return allowed;
        const loaded = await repository.load(workspaceId)();
        if (E.isLeft(loaded)) return loaded;
        const { keyring } = loaded.right;
        const key = keyring.keys.get(keyId.right);
        if (key === undefined) return E.left(unknownKey(keyId.right));
        const asked = commandOf({ ...caller.right, caseId: caseId.right }, clock(), {
          type: 'StartTestCall',
          keyId: key.keyId,
          purpose: 'kill-check',
        });
        const answer = await answered(asked, key, secret, signal);
        if (E.isLeft(answer)) return answer;
        const { says, callStartedAt: checkedAt, attempts, evidence } = answer.right;
        const control = await controlled(asked, keyring, key, answer.right, signal);
        const handled = await handler.handle(
          nextOf(asked, clock(), {
            type: 'RecordKillCheck',
            keyId: key.keyId,
            caseId: caseId.right,
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
        const dead = handled.right.keyring.leaks.get(key.keyId)?.checks.dead ?? false;
        return E.right({ says, attempts, control, counts, dead, ...writeResultOf(handled.right) });
      };
    });
};
