import type { WorkspaceId } from '@keyturn/domain';
import type { StreamHead } from '@keyturn/event-store';
import type { LogWitnessing, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { ServiceLog } from '../options';
import { KEYTURN_ITSELF } from '../systemCommand';

/** Every head is with the vault within five seconds of its append: half of that leaves time to write. */
const WRITE_AFTER_MS = 2_500;
/** More than so many are forgotten once the vault has them: it tells them again. */
const REMEMBERED = 10_000;

/**
 * Keeps what is known of the heads of streams, and has the vault keep it: there no restore of the events, and nobody
 * without the vault, reaches it.
 */
export interface Witnesses {
  /** The newest head of the workspace's stream that is known, by this process or by the vault; null for none. */
  readonly known: (workspaceId: WorkspaceId) => StreamHead | null;
  /** The same, after the vault was asked. To be taken before a stream is read from its beginning. */
  readonly asked: (workspaceId: WorkspaceId) => Promise<E.Either<VaultFault, StreamHead | null>>;
  /** What a call to the vault has told. */
  readonly told: (workspaceId: WorkspaceId, witness: StreamHead | null) => void;
  /** The stream reached a head: the vault has it within five seconds. */
  readonly moved: (workspaceId: WorkspaceId, head: StreamHead) => void;
  /** The vault has the newest known head when this ends. */
  readonly keep: (workspaceId: WorkspaceId) => Promise<E.Either<VaultFault, void>>;
  /** An operator has accepted that the stream ends here. */
  readonly lowered: (workspaceId: WorkspaceId, head: StreamHead) => void;
  /** Knows nothing of the workspace any more, until the vault is asked. Gives the way to know it again. */
  readonly forget: (workspaceId: WorkspaceId) => () => void;
  /** Writes what is not written yet. */
  readonly flush: () => Promise<void>;
}

interface Entry {
  readonly head: StreamHead;
  /** Whether the vault has it. */
  readonly kept: boolean;
}

export const makeWitnesses = (vault: LogWitnessing, log: ServiceLog): Witnesses => {
  const entries = new Map<WorkspaceId, Entry>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const put = (workspaceId: WorkspaceId, head: StreamHead, kept: boolean): void => {
    const before = entries.get(workspaceId);
    if (before !== undefined && before.head.revision > head.revision) return;
    const same = before?.head.revision === head.revision;
    entries.set(workspaceId, { head, kept: kept || (same && before.kept) });
  };

  const write = async (
    heads: ReadonlyArray<readonly [WorkspaceId, StreamHead]>,
  ): Promise<E.Either<VaultFault, void>> => {
    const kept = await vault.keepWitnesses(heads.map(([workspaceId, head]) => ({ workspaceId, ...head })))();
    if (E.isLeft(kept)) {
      log.warn(
        { actor: KEYTURN_ITSELF, workspaces: heads.length, fault: kept.left.code },
        'witnesses not written',
      );
      return kept;
    }
    let outcome: E.Either<VaultFault, void> = E.right(undefined);
    heads.forEach(([workspaceId], index) => {
      const one = kept.right[index];
      if (one === undefined) return;
      if (E.isRight(one)) return put(workspaceId, one.right, true);
      log.warn({ actor: KEYTURN_ITSELF, workspaceId, fault: one.left.code }, 'witness not written');
      // What the vault refuses it refuses again: the next reading of the stream tells of it.
      if (one.left.code !== 'unavailable') entries.delete(workspaceId);
      outcome = one;
    });
    return outcome;
  };

  const due = (): ReadonlyArray<readonly [WorkspaceId, StreamHead]> =>
    [...entries].flatMap(([workspaceId, { head, kept }]) => (kept ? [] : [[workspaceId, head] as const]));

  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing.then(async () => {
      const heads = due();
      if (heads.length > 0) await write(heads);
      if (due().length > 0) soon();
      if (entries.size <= REMEMBERED) return;
      for (const [workspaceId, { kept }] of entries) if (kept) entries.delete(workspaceId);
    });
    return writing;
  };

  const soon = (): void => {
    timer ??= setTimeout(() => void flush(), WRITE_AFTER_MS).unref();
  };

  return {
    known: (workspaceId) => entries.get(workspaceId)?.head ?? null,
    asked: async (workspaceId) => {
      const entry = entries.get(workspaceId);
      const witness = await vault.witnessOf(workspaceId)();
      if (E.isLeft(witness)) return witness;
      // What the vault had before it was asked, and has no more, an operator has accepted as lost.
      const isAccepted =
        entry?.kept === true &&
        entries.get(workspaceId) === entry &&
        (witness.right?.revision ?? -1) < entry.head.revision;
      if (isAccepted) entries.delete(workspaceId);
      if (witness.right !== null) put(workspaceId, witness.right, true);
      return E.right(entries.get(workspaceId)?.head ?? null);
    },
    told: (workspaceId, witness) => {
      if (witness !== null) put(workspaceId, witness, true);
    },
    moved: (workspaceId, head) => {
      put(workspaceId, head, false);
      soon();
    },
    keep: async (workspaceId) => {
      await writing;
      const entry = entries.get(workspaceId);
      return entry === undefined || entry.kept ? E.right(undefined) : write([[workspaceId, entry.head]]);
    },
    lowered: (workspaceId, head) => {
      entries.set(workspaceId, { head, kept: true });
    },
    forget: (workspaceId) => {
      const before = entries.get(workspaceId);
      entries.delete(workspaceId);
      return () => {
        if (before === undefined) return;
        put(workspaceId, before.head, before.kept);
        soon();
      };
    },
    flush,
  };
};
