import {
  CASE_RULE,
  CaseId,
  concernsLeaks,
  leakCase,
  type Decider,
  type EnvelopedEvent,
  type Keyring,
  type LeakCase,
  type LeakCaseKey,
  type RunId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { permitted, withRequest, type Commanding } from '../commanding';
import { decoded, type CallContext } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import type { KeyringRepository } from '../keyringRepository';

interface LeakCaseRequest {
  readonly caseId: string;
}

/** One key of a case, with the runs that have it now: they fail at the vendor once it is revoked. */
export interface LeakCaseKeyNow extends LeakCaseKey {
  readonly openRuns: ReadonlyArray<RunId>;
}

/** How a case stands in one workspace. */
export interface LeakCaseNow extends Omit<LeakCase, 'keys'> {
  /** Empty where no key of the workspace was reported under the case. */
  readonly keys: ReadonlyArray<LeakCaseKeyNow>;
}

interface LeakCaseParts extends Commanding {
  readonly decider: Decider;
  readonly repository: Pick<KeyringRepository, 'foldPages'>;
}

interface Read {
  readonly keyring: Keyring;
  readonly concerning: ReadonlyArray<EnvelopedEvent>;
}

const LEAK_CASE: MembersOf<LeakCaseRequest> = { caseId: true };
const BEGINNING = { revision: -1, chain: null };

/**
 * How a case stands in one workspace, from the events alone: what is done of each key, when and by whom, and what is
 * next. The hook is asked for `ReadHistory`.
 *
 * Refuses `not-permitted`, `invalid-input`. Faults: those of the store.
 */
export type ReadLeakCase = (
  context: CallContext,
  request: LeakCaseRequest,
) => TaskEither<Failure, LeakCaseNow>;

export const makeReadLeakCase = (parts: LeakCaseParts): ReadLeakCase => {
  const { decider, repository } = parts;
  const start: Read = { keyring: decider.initialState, concerning: [] };

  return (context, given) =>
    withRequest(given, LEAK_CASE, (request) => {
      const asked = permitted(parts, context, { action: 'ReadHistory', impliedEffects: [], target: {} });
      return async () => {
        const caller = await asked();
        if (E.isLeft(caller)) return caller;
        const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
        if (E.isLeft(caseId)) return caseId;
        const read = await repository.foldPages(
          caller.right.workspaceId,
          BEGINNING,
          start,
          ({ keyring, concerning }, events): Read => ({
            keyring: decider.replay(keyring, events),
            concerning: [...concerning, ...events.filter(concernsLeaks)],
          }),
        )();
        if (E.isLeft(read)) return read;
        const { keyring, concerning } = read.right;
        const runs = [...keyring.openPins.values()];
        const { keys, ...ofCase } = leakCase(keyring, concerning, caseId.right);
        return E.right({
          ...ofCase,
          keys: keys.map((key) => ({
            ...key,
            openRuns: runs.filter(({ keyId }) => keyId === key.keyId).map(({ runId }) => runId),
          })),
        });
      };
    });
};
