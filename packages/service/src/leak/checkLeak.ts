import { CASE_RULE, CaseId, KeyId, unknownKey } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from '../authorization';
import { permitted, withRequest, type Commanding } from '../commanding';
import { commandOf, decoded, type CallContext } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import type { KeyringRepository } from '../keyringRepository';
import type { RateLimit } from '../rateLimit';
import type { KillCheck, LeakCheck } from './killCheck';
import type { OfLeakCase } from './leakRequests';

interface CheckParts extends Commanding {
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly killCheck: KillCheck;
  readonly rateLimit: Pick<RateLimit, 'take'>;
}

const OF_CASE: MembersOf<OfLeakCase> = { keyId: true, caseId: true };

export const makeCheckLeak =
  (parts: CheckParts) =>
  /**
   * Asks the vendor once whether a key still works, and records what it says. A key on file is opened for that, after
   * KeyTestCallStarted is in the log; of a destroyed one the caller gives the secret, whose fingerprint has to match.
   * Without one it is recorded that the key can't be checked.
   *
   * Refuses `unknown-key`, `invalid-input`, `rate-limited`. Faults: those of vault and store.
   *
   * @param secret - read, and never wiped: it stays the caller's
   */
  (context: CallContext, given: OfLeakCase, secret: Secret | null): TaskEither<Failure, LeakCheck> =>
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
        const loaded = await parts.repository.load(workspaceId)();
        if (E.isLeft(loaded)) return loaded;
        const { keyring } = loaded.right;
        const key = keyring.keys.get(keyId.right);
        if (key === undefined) return E.left(unknownKey(keyId.right));
        const asked = commandOf({ ...caller.right, caseId: caseId.right }, parts.clock(), {
          type: 'StartTestCall',
          keyId: key.keyId,
          purpose: 'kill-check',
        });
        return parts.killCheck({ asked, caseId: caseId.right, keyring, key, secret, signal });
      };
    });
