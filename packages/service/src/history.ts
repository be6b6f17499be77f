import {
  Instant,
  invalidInput,
  KeyId,
  listedKeys,
  readOn,
  startOfHistory,
  type Decider,
  type Keyring,
  type Pin,
  type ProjectId,
  type WorkspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { permitted, type Commanding } from './commanding';
import { decoded, type CallContext } from './context';
import type { Failure } from './failure';
import { summaryOf, type KeySummary, type Speaking } from './keySummary';
import type { KeyringRepository } from './keyringRepository';

export interface HistoryRequest {
  /** Milliseconds since 1970, by the event store's clock; now when left out. */
  readonly at?: number;
  /** Only this key, and the runs that hold it. */
  readonly keyId?: string;
}

/** A keyring as it stood at one time. */
export interface KeyringThen {
  /** Of the last event recorded until then; -1 when there was none. */
  readonly revision: number;
  /** When the store recorded that event, milliseconds since 1970; null when there was none. */
  readonly recordedAt: number | null;
  /** Keys on file and retired ones, oldest first. */
  readonly keys: ReadonlyArray<KeySummary>;
  readonly workspaceDefault: KeyId | null;
  readonly projectDefaults: ReadonlyArray<{ readonly projectId: ProjectId; readonly keyId: KeyId }>;
  readonly openRuns: ReadonlyArray<Pin>;
}

const BEGINNING = { revision: -1, chain: null };

interface Cut {
  readonly keyring: Keyring;
  readonly recordedAt: number | null;
}

export interface HistoryParts extends Commanding, Speaking {
  readonly decider: Decider;
  readonly repository: Pick<KeyringRepository, 'pages'>;
}

/**
 * The keyring as it stood at a time by the event store's clock, rebuilt from the events alone: no snapshot, no read
 * model. A command counts as a whole, once its last event was recorded by then.
 */
export type History = (context: CallContext, request?: HistoryRequest) => TaskEither<Failure, KeyringThen>;

export const makeHistory = (parts: HistoryParts): History => {
  const { decider, repository } = parts;

  const foldUntil = async (workspaceId: WorkspaceId, at: number): Promise<E.Either<Failure, Cut>> => {
    let cut = startOfHistory(decider);
    let recordedAt: number | null = null;
    const read = await repository.pages(workspaceId, BEGINNING, (events) => {
      const first = cut.keyring.revision + 1 + cut.pending.length;
      cut = readOn(decider, cut, events, at);
      recordedAt = events[cut.keyring.revision - first]?.recordedAt ?? recordedAt;
      return !cut.passed;
    })();
    return E.isLeft(read) ? read : E.right({ keyring: cut.keyring, recordedAt });
  };

  const viewOf = ({ keyring, recordedAt }: Cut, only: KeyId | null): KeyringThen => {
    const wanted = (keyId: KeyId): boolean => only === null || only === keyId;
    return {
      revision: keyring.revision,
      recordedAt,
      keys: listedKeys(keyring)
        .filter(({ keyId }) => wanted(keyId))
        .map((key) => summaryOf(parts, keyring, key)),
      workspaceDefault: keyring.workspaceDefault,
      projectDefaults: [...keyring.projectDefaults].map(([projectId, keyId]) => ({ projectId, keyId })),
      openRuns: [...keyring.openPins.values()].filter(({ keyId }) => wanted(keyId)),
    };
  };

  return (context, request = {}) => {
    const asked = permitted(parts, context, {
      action: 'ReadHistory',
      impliedEffects: [],
      target: targetOf({ keyId: request.keyId }),
    });
    return async () => {
      const caller = await asked();
      if (E.isLeft(caller)) return caller;
      const only = request.keyId === undefined ? E.right(null) : decoded(KeyId, 'keyId', request.keyId);
      if (E.isLeft(only)) return only;
      if (request.at !== undefined && !Instant.is(request.at)) {
        return E.left(invalidInput('at', 'a whole number of milliseconds since 1970'));
      }
      const cut = await foldUntil(caller.right.workspaceId, request.at ?? Number.POSITIVE_INFINITY);
      return E.isLeft(cut) ? cut : E.right(viewOf(cut.right, only.right));
    };
  };
};
