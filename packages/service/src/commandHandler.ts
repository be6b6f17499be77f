import type { Decider, EnvelopedEvent, Keyring, KeyringEvent, WorkspaceId } from '@keyturn/domain';
import type { Position } from '@keyturn/event-store';
import type { Removal, RemovalMemory } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { makeBatchRunner, type CachedKeyring } from './batch';
import type { CommandOutcome, LogEntry, Waiting, WriteConfirmation } from './batchOutcome';
import { Others } from './contention';
import { asKnownNow, type Sent } from './context';
import { isRefusal, ServiceFault, type Failure } from './failure';
import type { FrozenRows } from './frozenRows';
import type { FoldedKeyring } from './foldedKeyring';
import type { KeyringRepository } from './keyringRepository';
import { keyringSize } from './keyringSize';
import type { Witnesses } from './log/witnesses';
import { LeastRecentlyUsed } from './leastRecentlyUsed';
import type { LogFacts, ServiceLog } from './options';
import { KEYTURN_ITSELF } from './systemCommand';
import { noteUnhandled } from './unhandled';

const LARGEST_BATCH = 64;
const EVENTS_PER_SNAPSHOT = 1_000;

const IRREVERSIBLE: ReadonlySet<KeyringEvent['type']> = new Set([
  'KeyHardDeleted',
  'KeyReportedLeaked',
  'KeySecretDestroyed',
  'LogKeyRenewed',
  'WorkspaceClosed',
] as const);

/** What handling a command came to. */
export interface Handled {
  /**
   * What the command recorded; when it was handled before, what it recorded then; empty when there was nothing to do.
   */
  readonly events: ReadonlyArray<EnvelopedEvent>;
  /** The keyring after the command and the others of its batch. */
  readonly keyring: Keyring;
  /** What the batch was decided on, and recorded up to and with this command. */
  readonly batch: CommandOutcome['batch'];
  /** Revision of the command's last event; null when there was nothing to do. */
  readonly revision: number | null;
  /** Where its batch ends in the store's order; null when this call wrote nothing. */
  readonly position: Position | null;
  /**
   * How this call wrote the events; null when it did not: the command was handled before, or there was nothing to do.
   */
  readonly written: WriteConfirmation | null;
  /** The command's last event as this call wrote it; null when it did not. */
  readonly entry: LogEntry | null;
}

/** Decides commands and appends what they decide. */
export interface CommandHandler {
  readonly handle: (command: Sent) => TaskEither<Failure, Handled>;
  /** Drops what is in memory of a workspace: its next command reads the stream anew. */
  readonly forget: (workspaceId: WorkspaceId) => void;
  /** Waits for what is under way, snapshots too. */
  readonly settled: () => Promise<void>;
}

/** What the vault has to remember of a handled command, should the log be put back to before it. */
const removalsIn = ({ events, keyring }: Handled): ReadonlyArray<Removal> =>
  events.flatMap(({ event }) => {
    if (event.type !== 'KeyHardDeleted' && event.type !== 'KeyReportedLeaked') return [];
    const { keyId } = event.data;
    const key = keyring.keys.get(keyId);
    if (key === undefined) return [];
    const { fingerprint } = key;
    // What the keyring says, and not the event: of a command that was handled before, that is what is vouched for.
    const hardDeleted = key.status === 'hard-deleted';
    const leaked = keyring.leakedFingerprints.has(fingerprint);
    return hardDeleted || leaked ? [{ keyId, fingerprint, hardDeleted, leaked }] : [];
  });

interface Queue {
  readonly cached: CachedKeyring;
  readonly waiting: Waiting[];
}

/** Ids are left out where the refusal is about what they hold. */
const logged = ({ actor, workspaceId, commandId, body }: Sent, failure?: Failure): LogFacts => {
  const facts = { actor, workspaceId, commandId, command: body.type };
  if (failure === undefined) return facts;
  if (!isRefusal(failure)) return { ...facts, fault: failure.code };
  return failure.code === 'text-contains-secret' || failure.code === 'invalid-input'
    ? { actor, command: body.type, refusal: failure.code }
    : { ...facts, refusal: failure.code };
};

/**
 * One queue for each workspace: what waits is decided together, each command on the state after the one before, and
 * goes in one append. A conflict reads what is new and decides again; a refusal is given only on the stream's newest
 * state.
 */
export const makeCommandHandler = (options: {
  readonly repository: KeyringRepository;
  readonly decider: Decider;
  readonly rows: FrozenRows;
  /** How large the keyrings of idle workspaces may be that are kept, all together. */
  readonly keyringBytesInMemory: number;
  readonly log: ServiceLog;
  readonly witnesses: Pick<Witnesses, 'forget' | 'keep' | 'known' | 'flush'>;
  /** Where hard deletes and leaks are remembered that a restored log forgets. */
  readonly memory: Pick<RemovalMemory, 'keepRemovals'>;
}): CommandHandler => {
  const { repository, log, witnesses, memory } = options;
  const runBatch = makeBatchRunner(options);
  const busy = new Map<WorkspaceId, Queue>();
  const idle = new LeastRecentlyUsed<WorkspaceId, CachedKeyring>(options.keyringBytesInMemory);
  const underWay = new Set<Promise<void>>();
  /** Workspaces of which a snapshot is being saved, whether their keyring is kept in memory or not. */
  const saving = new Set<WorkspaceId>();

  const track = (work: Promise<void>): void => {
    const done = work.finally(() => underWay.delete(done));
    underWay.add(done);
  };

  const saveSnapshot = async (
    workspaceId: WorkspaceId,
    cached: CachedKeyring,
    folded: FoldedKeyring,
  ): Promise<void> => {
    const anew = cached.snapshotAnew;
    cached.snapshotRevision = folded.keyring.revision;
    saving.add(workspaceId);
    try {
      const saved = await repository.saveSnapshot(workspaceId, folded, anew)();
      if (E.isLeft(saved))
        log.warn({ actor: KEYTURN_ITSELF, workspaceId, fault: saved.left.code }, 'snapshot not saved');
      else if (anew) cached.snapshotAnew = false;
    } catch {
      log.warn({ actor: KEYTURN_ITSELF, workspaceId, fault: 'defect' }, 'snapshot not saved');
    }
    saving.delete(workspaceId);
  };

  const snapshotIfDue = (workspaceId: WorkspaceId, cached: CachedKeyring): void => {
    const { folded, snapshotRevision } = cached;
    if (folded === null || folded.keyring.revision - snapshotRevision < EVENTS_PER_SNAPSHOT) return;
    // The next command asks again: one that takes long delays the next one, and does not run beside it.
    if (!saving.has(workspaceId)) track(saveSnapshot(workspaceId, cached, folded));
  };

  const drain = async (workspaceId: WorkspaceId, { cached, waiting }: Queue): Promise<void> => {
    // Commands that were issued in the same turn share the first batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.splice(0, LARGEST_BATCH);
      try {
        await runBatch(workspaceId, cached, batch, (keyring) =>
          noteUnhandled([...batch, ...waiting], keyring),
        );
      } catch (cause) {
        cached.folded = null;
        const fault = new ServiceFault(
          'defect',
          'Handling the command failed unexpectedly; it may have been handled all the same. Report it.',
          { cause },
        );
        for (const { settle } of batch) settle(E.left(fault));
      }
      if (cached.folded !== null) noteUnhandled(waiting, cached.folded.keyring);
      snapshotIfDue(workspaceId, cached);
    }
    busy.delete(workspaceId);
    if (cached.folded !== null) idle.put(workspaceId, cached, keyringSize(cached.folded.keyring));
  };

  const enqueue = (command: Sent): Promise<E.Either<Failure, CommandOutcome>> =>
    new Promise((settle) => {
      const { workspaceId } = command;
      // As it is known now: whoever sends the same command again from here on waits behind it.
      const one: Waiting = { command: asKnownNow(command), note: null, settle };
      const queue = busy.get(workspaceId);
      if (queue !== undefined) {
        if (queue.cached.folded !== null) noteUnhandled([one], queue.cached.folded.keyring);
        queue.waiting.push(one);
        return;
      }
      const cached = idle.take(workspaceId) ?? {
        folded: null,
        snapshotRevision: -1,
        snapshotAnew: true,
        inDoubt: new Map(),
        others: new Others(),
      };
      if (cached.folded !== null) noteUnhandled([one], cached.folded.keyring);
      const begun: Queue = { cached, waiting: [one] };
      busy.set(workspaceId, begun);
      track(drain(workspaceId, begun));
    });

  /** What can't be undone is with the vault before anybody is told of it: a log that is put back can't forget it. */
  const witnessed = async (
    { workspaceId }: Sent,
    outcome: E.Either<Failure, Handled>,
  ): Promise<E.Either<Failure, Handled>> => {
    if (E.isLeft(outcome) || !outcome.right.events.some(({ event }) => IRREVERSIBLE.has(event.type))) {
      return outcome;
    }
    const removals = removalsIn(outcome.right);
    const remembered =
      removals.length === 0 ? E.right(undefined) : await memory.keepRemovals(workspaceId, removals)();
    if (E.isLeft(remembered)) return remembered;
    const kept = await witnesses.keep(workspaceId);
    return E.isLeft(kept) ? kept : outcome;
  };

  /** A command that was handled before gets its first outcome. */
  const answered = async (command: Sent, outcome: CommandOutcome): Promise<E.Either<Failure, Handled>> => {
    const { events, repeats } = outcome.decision;
    if (repeats === null) return E.right({ ...outcome, events });
    const { firstRevision, lastRevision } = repeats;
    const first = await repository.between(command.workspaceId, firstRevision, lastRevision)();
    return E.isLeft(first) ? first : E.right({ ...outcome, events: first.right, revision: lastRevision });
  };

  return {
    handle: (command) => async () => {
      const outcome = await enqueue(command);
      const handled = E.isLeft(outcome)
        ? outcome
        : await witnessed(command, await answered(command, outcome.right));
      if (E.isRight(handled)) {
        log.info({ ...logged(command), revision: handled.right.revision }, 'command handled');
      } else if (isRefusal(handled.left)) {
        log.info(logged(command, handled.left), 'command refused');
      } else {
        log.warn(logged(command, handled.left), 'command failed');
      }
      return handled;
    },
    forget: (workspaceId) => {
      const cached = busy.get(workspaceId)?.cached ?? idle.take(workspaceId);
      if (cached !== undefined) cached.folded = null;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all([...underWay]);
      await witnesses.flush();
    },
  };
};
