import { decodeEvent, keyringStream, type Decider, type Keyring, type WorkspaceId } from '@keyturn/domain';
import { followPast, genesisOf, type DisownedRanges, type EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../failure';
import { sameChain } from '../log/checkedReading';
import { whatDiffers, type Damage } from '../log/damage';
import { makeReadingPastDisowned } from '../log/pastDisowned';
import { makeJudge, type NumberedSeals, type Verdict } from './judge';
import { behind, differs, type KnownHead } from './known';
import type { VerifyFinding } from './report';
import { finding } from './words';

const PAGE = 1_000;

export interface StreamCheck {
  readonly workspaceId: WorkspaceId;
  readonly known: ReadonlyArray<KnownHead>;
  /** Called after each page with the number of its events. */
  readonly onEvents: (count: number) => void;
}

/** What was read of a stream. */
export interface CheckedStream {
  readonly events: number;
  readonly sealsGood: number;
  readonly sealsVouched: number;
  readonly findings: ReadonlyArray<VerifyFinding>;
  /** Null where the stream is not whole: nothing can be said of its keys. */
  readonly keyring: Keyring | null;
}

/** A stream as far as it was read, and its first event that does not fit; null where all do. */
interface Attempt {
  readonly checked: CheckedStream;
  readonly isMisfit: boolean;
}

interface Parts {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly seals: NumberedSeals;
  readonly decider: Decider;
}

const checkPast = async (
  { store, seals, decider }: Parts,
  { workspaceId, known }: StreamCheck,
  disowned: DisownedRanges,
  onRead: (revision: number) => void,
): Promise<E.Either<Fault, Attempt>> => {
  const stream = keyringStream(workspaceId);
  const findings: VerifyFinding[] = [];
  const witnessed = known.find(({ from }) => from === 'witness')?.revision ?? -1;
  const judge = makeJudge(seals, witnessed);
  const counts = { events: 0, sealsGood: 0, sealsVouched: 0 };
  let keyring = decider.initialState;
  let head = genesisOf(stream);
  let last: Verdict | null = null;
  let sealKey = 0;

  const ended = (found: VerifyFinding, isMisfit: boolean): E.Either<Fault, Attempt> =>
    E.right({ checked: { ...counts, findings: [...findings, found], keyring: null }, isMisfit });
  const damagedAt = (revision: number, what: string): VerifyFinding =>
    finding('log-damaged', what, { workspaceId, stream, revision });
  const misfit = (revision: number, damage: Damage): E.Either<Fault, Attempt> =>
    ended(damagedAt(revision, `Event ${revision} ${whatDiffers(damage)}.`), true);

  for (let next = 0, end = false; !end;) {
    const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
    if (E.isLeft(page)) return page;
    const { events } = page.right;
    const folded = [];
    for (const recorded of events) {
      if (recorded.revision <= (disowned.behind(head)?.last ?? -1)) continue;
      const followed = followPast(disowned, head, recorded);
      if (E.isLeft(followed)) return misfit(recorded.revision, followed.left.differs);
      const { seal } = followed.right;
      ({ head } = followed.right);
      last = null;
      if (seal !== null) {
        if (seal.sealKey < sealKey) return misfit(head.revision, 'seal');
        ({ sealKey } = seal);
        const verdict = await judge(head, seal);
        if (E.isLeft(verdict)) return verdict;
        last = verdict.right;
        if (last === 'bad') return misfit(head.revision, 'seal');
        counts[last === 'good' ? 'sealsGood' : 'sealsVouched'] += 1;
      }
      for (const one of known) {
        if (one.revision === head.revision && !sameChain(one.chain, head.chain)) {
          findings.push(differs(workspaceId, one));
        }
      }
      const event = decodeEvent(recorded);
      if (E.isLeft(event)) return ended(damagedAt(head.revision, event.left.message), true);
      folded.push(event.right);
      counts.events += 1;
    }
    if (folded.length > 0) keyring = decider.replay(keyring, folded);
    next = (events.at(-1)?.revision ?? next - 1) + 1;
    onRead(next - 1);
    end = page.right.end || events.length === 0;
    // An embedded store answers at once: without this a long stream would let nothing else run.
    await turn();
  }
  const { revision } = head;
  // An old key's seal at the head is no seal of the deployment: a renewal seals every stream anew.
  if (revision >= 0 && last !== 'good') {
    return ended(damagedAt(revision, `Event ${revision} ${whatDiffers('seal')}.`), false);
  }
  for (const one of known) {
    const gone = disowned.around(one.revision);
    if (gone !== null || one.revision > revision) {
      findings.push(behind(workspaceId, gone === null ? revision : gone.first - 1, one));
    }
  }
  return E.right({ checked: { ...counts, findings, keyring }, isMisfit: false });
};

/**
 * Follows a workspace's stream from its genesis: the chain of every event, each seal, whether it reaches what is known
 * of it, and whether every event can be read. It goes no further than the first damage. What is disowned is passed
 * over, once it is found by an event that does not fit. One page is held at a time.
 */
export const makeStreamCheck = (
  store: Pick<EventStore, 'readStream'>,
  seals: NumberedSeals,
  decider: Decider,
): ((check: StreamCheck) => Promise<E.Either<Fault, CheckedStream>>) => {
  const reading = makeReadingPastDisowned(store, seals);
  return async (check) => {
    let read = -1;
    const onRead = (revision: number): void => {
      if (revision > read) check.onEvents(revision - read);
      read = Math.max(read, revision);
    };
    const attempt = await reading(keyringStream(check.workspaceId), (disowned) =>
      checkPast({ store, seals, decider }, check, disowned, onRead),
    );
    return E.isLeft(attempt) ? attempt : E.right(attempt.right.checked);
  };
};
