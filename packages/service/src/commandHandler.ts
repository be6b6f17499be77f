import type { Command, Decision, EnvelopedEvent, Keyring, Refusal, WorkspaceId } from '@keyturn/domain';
import type { Decider } from '@keyturn/domain';
import type { Position } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as NEA from 'fp-ts/NonEmptyArray';
import * as O from 'fp-ts/Option';
import type { TaskEither } from 'fp-ts/TaskEither';
import { ServiceFault, type Failure, type Fault } from './failure';
import type { KeyringRepository } from './keyringRepository';
import { LeastRecentlyUsed } from './leastRecentlyUsed';
import type { ServiceLog } from './options';

const LARGEST_BATCH = 64;
const ATTEMPTS = 200;
const EVENTS_PER_SNAPSHOT = 1_000;

/** What handling a command came to. */
export interface Handled {
  /** What the command recorded; when it was handled before, what it recorded then; empty when there was nothing to do. */
  readonly events: ReadonlyArray<EnvelopedEvent>;
  /** The keyring after the command and the others of its batch. */
  readonly keyring: Keyring;
  /** Revision of the command's last event; null when there was nothing to do. */
  readonly revision: number | null;
  /** Where its batch ends in the store's order; null when this call wrote nothing. */
  readonly position: Position | null;
  /** True when this call wrote the events itself and the store said so at the first asking. */
  readonly freshlyAppended: boolean;
}

interface Outcome extends Omit<Handled, 'events' | 'revision'> {
  readonly decision: Decision;
  readonly revision: number | null;
}

interface Waiting {
  readonly command: Command;
  readonly settle: (outcome: E.Either<Failure, Outcome>) => void;
}

interface Cell {
  keyring: Keyring | null;
  snapshotRevision: number;
  readonly waiting: Waiting[];
  running: boolean;
}

/** Decides commands and appends what they decide. */
export interface CommandHandler {
  readonly handle: (command: Command) => TaskEither<Failure, Handled>;
  /** The keyring as of the stream's head now. */
  readonly current: (workspaceId: WorkspaceId) => TaskEither<Fault, Keyring>;
  /** Waits for what is under way, snapshots too. */
  readonly settled: () => Promise<void>;
}

/**
 * One queue for each workspace: what waits is decided together, each command on the state after the one before, and goes
 * in one append. A conflict reads what is new and decides again; a refusal is given only on the stream's newest state.
 */
export const makeCommandHandler = (options: {
  readonly repository: KeyringRepository;
  readonly decider: Decider;
  readonly keyringsInMemory: number;
  readonly log: ServiceLog;
}): CommandHandler => {
  const { repository, decider, log } = options;
  const cells = new LeastRecentlyUsed<WorkspaceId, Cell>(
    options.keyringsInMemory,
    (cell) => !cell.running && cell.waiting.length === 0,
  );
  const underWay = new Set<Promise<unknown>>();

  const track = (work: Promise<unknown>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const cellOf = (workspaceId: WorkspaceId): Cell =>
    cells.getOrMake(workspaceId, () => ({
      keyring: null,
      snapshotRevision: -1,
      waiting: [],
      running: false,
    }));

  /** Brings the cell's keyring to the stream's head. */
  const refreshed = async (workspaceId: WorkspaceId, cell: Cell): Promise<E.Either<Fault, Keyring>> => {
    if (cell.keyring === null) {
      const loaded = await repository.load(workspaceId)();
      if (E.isLeft(loaded)) return loaded;
      cell.keyring = loaded.right.keyring;
      cell.snapshotRevision = loaded.right.snapshotRevision;
      return E.right(loaded.right.keyring);
    }
    const keyring = await repository.refresh(workspaceId, cell.keyring)();
    if (E.isRight(keyring)) cell.keyring = keyring.right;
    return keyring;
  };

  const snapshotIfDue = (workspaceId: WorkspaceId, cell: Cell, keyring: Keyring): void => {
    if (keyring.revision - cell.snapshotRevision < EVENTS_PER_SNAPSHOT) return;
    cell.snapshotRevision = keyring.revision;
    track(
      repository
        .saveSnapshot(workspaceId, keyring)()
        .then((saved) => {
          if (E.isLeft(saved)) log.warn({ workspaceId, fault: saved.left.code }, 'snapshot not saved');
        }),
    );
  };

  const settleAll = (
    batch: ReadonlyArray<Waiting>,
    results: ReadonlyArray<E.Either<Refusal, Decision>>,
    before: Keyring,
    after: Omit<Outcome, 'decision' | 'revision'>,
  ): void => {
    let revision = before.revision;
    batch.forEach(({ settle }, index) => {
      const result = results[index];
      if (result === undefined) return;
      if (E.isLeft(result)) return settle(result);
      const decision = result.right;
      revision += decision.events.length;
      settle(E.right({ ...after, decision, revision: decision.events.length === 0 ? null : revision }));
    });
  };

  const failAll = (batch: ReadonlyArray<Waiting>, fault: Fault): void => {
    for (const { settle } of batch) settle(E.left(fault));
  };

  const runBatch = async (
    workspaceId: WorkspaceId,
    cell: Cell,
    batch: ReadonlyArray<Waiting>,
  ): Promise<void> => {
    const commands = batch.map(({ command }) => command);
    // A keyring from memory may be behind the stream: good enough to append on (the store would say), not to refuse on.
    let atHead = cell.keyring === null;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const loaded =
        cell.keyring === null || atHead ? await refreshed(workspaceId, cell) : E.right(cell.keyring);
      if (E.isLeft(loaded)) return failAll(batch, loaded.left);
      const before = loaded.right;
      const { results, events, keyring } = decider.decideAll(before, commands);
      const toAppend = NEA.fromArray([...events]);
      if (O.isNone(toAppend)) {
        const head = atHead ? loaded : await refreshed(workspaceId, cell);
        if (E.isLeft(head)) return failAll(batch, head.left);
        if (head.right !== before) continue;
        return settleAll(batch, results, before, { keyring: before, position: null, freshlyAppended: false });
      }
      const appended = await repository.append(workspaceId, before, toAppend.value)();
      if (E.isRight(appended)) {
        cell.keyring = keyring;
        snapshotIfDue(workspaceId, cell, keyring);
        return settleAll(batch, results, before, {
          keyring,
          position: appended.right.position,
          freshlyAppended: appended.right.acknowledgedOnFirstSend,
        });
      }
      if (appended.left._tag !== 'AppendConflict') {
        cell.keyring = null;
        return failAll(batch, appended.left);
      }
      const { actual } = appended.left;
      // A stream shorter than the keyring in memory: the store was restored from a backup. Start from what it has.
      if (actual === 'no-stream' || actual < before.revision) cell.keyring = null;
      atHead = true;
    }
    failAll(
      batch,
      new ServiceFault(
        'contention',
        `The keyring of workspace ${workspaceId} kept changing under this command; nothing was done. Send it again.`,
      ),
    );
  };

  const drain = async (workspaceId: WorkspaceId, cell: Cell): Promise<void> => {
    while (cell.waiting.length > 0) {
      const batch = cell.waiting.splice(0, LARGEST_BATCH);
      try {
        await runBatch(workspaceId, cell, batch);
      } catch (cause) {
        cell.keyring = null;
        failAll(
          batch,
          new ServiceFault('defect', 'Handling the command failed unexpectedly. Report it.', { cause }),
        );
      }
    }
    cell.running = false;
  };

  const enqueue = (command: Command): Promise<E.Either<Failure, Outcome>> =>
    new Promise((settle) => {
      const cell = cellOf(command.workspaceId);
      cell.waiting.push({ command, settle });
      if (cell.running) return;
      cell.running = true;
      track(drain(command.workspaceId, cell));
    });

  return {
    handle: (command) => async () => {
      const outcome = await enqueue(command);
      if (E.isLeft(outcome)) return outcome;
      const { decision, ...rest } = outcome.right;
      if (decision.repeats === null) return E.right({ ...rest, events: decision.events });
      const { firstRevision, lastRevision } = decision.repeats;
      const first = await repository.between(command.workspaceId, firstRevision, lastRevision)();
      return E.isLeft(first)
        ? first
        : E.right({ ...rest, events: first.right, revision: lastRevision, freshlyAppended: false });
    },
    current: (workspaceId) => async () => {
      const known = cells.peek(workspaceId)?.keyring ?? null;
      if (known !== null) return repository.refresh(workspaceId, known)();
      const loaded = await repository.load(workspaceId)();
      if (E.isLeft(loaded)) return loaded;
      const cell = cellOf(workspaceId);
      if (!cell.running && cell.keyring === null) Object.assign(cell, loaded.right);
      return E.right(loaded.right.keyring);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
};
