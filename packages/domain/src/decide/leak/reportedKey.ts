import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { CaseId, KeyId } from '../../ids';
import { caseOf, type KeyLeak } from '../../leak/keyLeak';
import { keyFact } from '../../refusals/keyFact';
import { refuse, type Refusal } from '../../refusals/refusal';
import type { KeyEntry } from '../../state/keyEntry';
import type { Keyring } from '../../state/keyring';
import { knownKey } from '../knownKey';

interface ReportedKey {
  readonly key: KeyEntry;
  readonly leak: KeyLeak;
}

/** The key, in whatever state, if it is reported under the case; else `unknown-key` or `leak-not-reported`. */
export const reportedKey = (
  keyring: Keyring,
  { keyId, caseId }: { readonly keyId: KeyId; readonly caseId: CaseId },
): E.Either<Refusal, ReportedKey> =>
  pipe(
    knownKey(keyring, keyId),
    E.chain((key) => {
      const leak = keyring.leaks.get(keyId);
      return leak === undefined || (caseOf(leak, caseId)?.report ?? null) === null
        ? E.left(refuse('leak-not-reported', { key: keyFact(key), caseId }))
        : E.right({ key, leak });
    }),
  );
