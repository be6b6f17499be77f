import {
  Instant,
  invalidInput,
  KeyId,
  listedKeys,
  readOn,
  startOfHistory,
  type Decider,
  type HistoryCut,
  type Pin,
  type ProjectId,
  type Revisions,
  type WorkspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { permitted, withRequest, type Commanding } from './commanding';
import { decoded, type CallContext } from './context';
import type { Failure } from './failure';
import type { MembersOf } from './given';
import { summaryOf, type KeySummary, type Speaking } from './keySummary';
import type { KeyringRepository } from './keyringRepository';

export interface HistoryRequest {
  /**
   * Milliseconds since 1970, by the event store's clock: up to the newest revision recorded by then. The newest
   * revision of all when left out, whatever the clocks say.
   */
  readonly at?: number;
  /** Only this key, and the runs that hold it. */
  readonly keyId?: string;
}

/** A keyring as it stood at one time. */
export interface KeyringThen {
  /** Of the newest event recorded until then; -1 when there was none. All revisions before it were taken. */
  readonly revision: number;
  /** When the store recorded that event, milliseconds since 1970; null when there was none. */
  readonly recordedAt: number | null;
  /** False where the store's times fall somewhere in the stream: a clock was wrong, and times are no order. */
  readonly timesInOrder: boolean;
  /** Revisions that were taken though their recorded time is later than the time asked for. */
  readonly recordedLater: ReadonlyArray<Revisions>;
  /** Keys on file and retired ones, oldest first. */
  readonly keys: ReadonlyArray<KeySummary>;
  readonly workspaceDefault: KeyId | null;
  readonly projectDefaults: ReadonlyArray<{ readonly projectId: ProjectId; readonly keyId: KeyId }>;
  readonly openRuns: ReadonlyArray<Pin>;
}

const BEGINNING = { revision: -1, chain: null };

const HISTORY: MembersOf<HistoryRequest> = { at: true, keyId: true };

export interface HistoryParts extends Commanding, Speaking {
  readonly decider: Decider;
  readonly repository: Pick<KeyringRepository, 'foldPages'>;
}

/**
 * The keyring as it stood at a time by the event store's clock, rebuilt from the events alone: no snapshot, no read
 * model. A command counts as a whole, once its last event was recorded by then. The order is that of the revisions:
 * where the store's clock was wrong, all before the newest command recorded by then is taken, and the answer says so.
 */
export type History = (context: CallContext, request?: HistoryRequest) => TaskEither<Failure, KeyringThen>;

export const makeHistory = (parts: HistoryParts): History => {
  const { decider, repository } = parts;

  const foldUntil = (workspaceId: WorkspaceId, at: number): TaskEither<Failure, HistoryCut> =>
    repository.foldPages(workspaceId, BEGINNING, startOfHistory(decider), (cut, events) =>
      readOn(decider, cut, events, at),
    );

  const viewOf = ({ keyring, recordedAt, inOrder, later }: HistoryCut, only: KeyId | null): KeyringThen => {
    const wanted = (keyId: KeyId): boolean => only === null || only === keyId;
    return {
      revision: keyring.revision,
      recordedAt,
      timesInOrder: inOrder,
      recordedLater: later.filter(({ last }) => last <= keyring.revision),
      keys: listedKeys(keyring)
        .filter(({ keyId }) => wanted(keyId))
        .map((key) => summaryOf(parts, keyring, key)),
      workspaceDefault: keyring.workspaceDefault,
      projectDefaults: [...keyring.projectDefaults].map(([projectId, keyId]) => ({ projectId, keyId })),
      openRuns: [...keyring.openPins.values()].filter(({ keyId }) => wanted(keyId)),
    };
  };

  return (context, given = {}) =>
    withRequest(given, HISTORY, (request) => {
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
        const cut = await foldUntil(caller.right.workspaceId, request.at ?? Number.POSITIVE_INFINITY)();
        return E.isLeft(cut) ? cut : E.right(viewOf(cut.right, only.right));
      };
    });
};
