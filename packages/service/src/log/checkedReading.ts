import { decodeEvent, keyringStream, type RecordedKeyringEvent, type WorkspaceId } from '@keyturn/domain';
import {
  followChain,
  genesisOf,
  linkOf,
  type EventStore,
  type RecordedEvent,
  type Seal,
  type StreamHead,
} from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { ServiceFault, type Fault } from '../failure';
import { logDamaged, streamBehind, type Damage } from './damage';

const PAGE = 1_000;

/** What seals are verified with. */
export type SealChecking = Pick<LogSealing, 'rereadLogKeys' | 'verifySeal'>;

/** Where a reading begins: behind an event, which is read again and compared. */
export interface StartOfReading {
  /** -1: at the stream's beginning. */
  readonly revision: number;
  /** Null: what stands there is taken as it is. */
  readonly chain: Uint8Array | null;
  /** The event behind it, where that is known: the stream has to have it, with this chain value. */
  readonly next?: StreamHead;
}

export interface CheckedReading {
  readonly workspaceId: WorkspaceId;
  readonly from: StartOfReading;
  /** An event that is known to be there: the stream has to reach it, with this chain value. */
  readonly known?: StreamHead | null;
  /** A page handler that returns false has seen enough. */
  readonly onPage: (events: ReadonlyArray<RecordedKeyringEvent>) => boolean;
}

export const sameChain = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A reading as far as it has come. */
interface Progress {
  /** Null before the event was read that it goes on from. */
  readonly head: StreamHead | null;
  /** Of the last event read. */
  readonly seal: Seal | null;
  /** The highest number of a log key so far. */
  readonly sealKey: number;
}

/** One event further, or what is wrong with it. */
const step = (
  { head, sealKey }: Progress,
  { from, known }: CheckedReading,
  event: RecordedEvent,
): E.Either<
  { readonly revision: number; readonly differs: Damage },
  Progress & { readonly head: StreamHead }
> => {
  const damaged = (differs: Damage) => E.left({ revision: event.revision, differs });
  let next: { readonly head: StreamHead; readonly seal: Seal | null };
  if (head === null) {
    const link = linkOf(event.metadata);
    if (link === null || event.revision !== from.revision) return damaged('known');
    if (from.chain !== null && !sameChain(from.chain, link.chain)) return damaged('known');
    next = { head: { revision: event.revision, chain: link.chain }, seal: link.seal };
  } else {
    const followed = followChain(head, event);
    if (E.isLeft(followed)) return damaged(followed.left.differs);
    next = followed.right;
  }
  for (const there of [known, from.next]) {
    if (there?.revision === event.revision && !sameChain(there.chain, next.head.chain))
      return damaged('known');
  }
  // A key that was replaced seals nothing more.
  if (next.seal !== null && next.seal.sealKey < sealKey) return damaged('seal');
  return E.right({ ...next, sealKey: Math.max(sealKey, next.seal?.sealKey ?? 0) });
};

export const decoded = (event: RecordedEvent): E.Either<ServiceFault, RecordedKeyringEvent> => {
  const read = decodeEvent(event);
  return E.isLeft(read)
    ? E.left(new ServiceFault('undecodable-history', read.left.message))
    : E.right({ ...read.right, recordedAt: event.recordedAt });
};

/** Whether the stream's last event is sealed. Keys are read again once, where a newer one may have sealed it. */
const isSealed = async (
  seals: SealChecking,
  { chain }: StreamHead,
  seal: Seal | null,
): Promise<E.Either<Fault, boolean>> => {
  if (seal === null) return E.right(false);
  const verdict = seals.verifySeal(chain, seal);
  if (verdict !== 'unknown-key') return E.right(verdict === 'good');
  const reread = await seals.rereadLogKeys();
  return E.isLeft(reread) ? reread : E.right(seals.verifySeal(chain, seal) === 'good');
};

/**
 * Reads a workspace's stream on from an event, and gives the head that it reached. Nothing is believed that is not
 * vouched for: the chain is followed over every event, and where the stream ends its last event has to bear a seal of
 * the deployment's log key, which vouches for the whole stream. Without `seals` the chain alone is followed: that finds
 * accidents, and no forger.
 *
 * Faults: `log-damaged`, `event-store-behind`, `undecodable-history`; those of the store and, for keys read again, of
 * the vault.
 */
export const makeCheckedReading =
  (store: Pick<EventStore, 'readStream'>, seals: SealChecking | null) =>
  async (reading: CheckedReading): Promise<E.Either<Fault, StreamHead>> => {
    const { workspaceId, from, known = null, onPage } = reading;
    const stream = keyringStream(workspaceId);
    const damaged = (revision: number, differs: Damage): E.Either<Fault, never> =>
      E.left(logDamaged(workspaceId, { stream, revision, differs }));
    let at: Progress = { head: from.revision < 0 ? genesisOf(stream) : null, seal: null, sealKey: 0 };
    for (let end = false; !end;) {
      const next = at.head === null ? from.revision : at.head.revision + 1;
      const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
      if (E.isLeft(page)) return page;
      const events: RecordedKeyringEvent[] = [];
      for (const recorded of page.right.events) {
        const isStart = at.head === null;
        const stepped = step(at, reading, recorded);
        if (E.isLeft(stepped)) return damaged(stepped.left.revision, stepped.left.differs);
        at = stepped.right;
        if (isStart) continue;
        const event = decoded(recorded);
        if (E.isLeft(event)) return event;
        events.push(event.right);
      }
      if (at.head === null) return E.left(streamBehind(workspaceId, from.revision, null));
      if (!onPage(events)) return E.right(at.head);
      end = page.right.end || page.right.events.length === 0;
    }
    const { head, seal } = at;
    if (head === null) return E.left(streamBehind(workspaceId, from.revision, null));
    for (const there of [known, from.next]) {
      if (there !== undefined && there !== null && head.revision < there.revision) {
        return E.left(streamBehind(workspaceId, there.revision, head.revision));
      }
    }
    if (seals === null || head.revision < 0) return E.right(head);
    const sealed = await isSealed(seals, head, seal);
    if (E.isLeft(sealed)) return sealed;
    return sealed.right ? E.right(head) : damaged(head.revision, 'seal');
  };
