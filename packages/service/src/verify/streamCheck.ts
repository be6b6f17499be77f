import { decodeEvent, keyringStream, type Decider, type Keyring, type WorkspaceId } from '@keyturn/domain';
import { followChain, genesisOf, type EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../failure';
import { sameChain } from '../log/checkedReading';
import { whatDiffers, type Damage } from '../log/damage';
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

/**
 * Follows a workspace's stream from its genesis: the chain of every event, each seal, whether it reaches what is known
 * of it, and whether every event can be read. It goes no further than the first damage. One page is held at a time.
 */
export const makeStreamCheck =
  (store: Pick<EventStore, 'readStream'>, seals: NumberedSeals, decider: Decider) =>
  async ({ workspaceId, known, onEvents }: StreamCheck): Promise<E.Either<Fault, CheckedStream>> => {
    const stream = keyringStream(workspaceId);
    const findings: VerifyFinding[] = [];
    const witnessed = known.find(({ from }) => from === 'witness')?.revision ?? -1;
    const judge = makeJudge(seals, witnessed);
    const counts = { events: 0, sealsGood: 0, sealsVouched: 0 };
    let keyring = decider.initialState;
    let head = genesisOf(stream);
    let last: Verdict | null = null;
    let sealKey = 0;

    const broken = (revision: number, damage: Damage): E.Either<Fault, CheckedStream> => {
      const what = `Event ${revision} ${whatDiffers(damage)}.`;
      findings.push(finding('log-damaged', what, { workspaceId, stream, revision }));
      return E.right({ ...counts, findings, keyring: null });
    };

    for (let end = false; !end;) {
      const page = await store.readStream(stream, {
        direction: 'forwards',
        from: head.revision + 1,
        limit: PAGE,
      })();
      if (E.isLeft(page)) return page;
      const { events } = page.right;
      const folded = [];
      for (const recorded of events) {
        const followed = followChain(head, recorded);
        if (E.isLeft(followed)) return broken(recorded.revision, followed.left.differs);
        const { seal } = followed.right;
        ({ head } = followed.right);
        last = null;
        if (seal !== null) {
          if (seal.sealKey < sealKey) return broken(head.revision, 'seal');
          ({ sealKey } = seal);
          const verdict = await judge(head, seal);
          if (E.isLeft(verdict)) return verdict;
          last = verdict.right;
          if (last === 'bad') return broken(head.revision, 'seal');
          counts[last === 'good' ? 'sealsGood' : 'sealsVouched'] += 1;
        }
        for (const one of known) {
          if (one.revision === head.revision && !sameChain(one.chain, head.chain)) {
            findings.push(differs(workspaceId, one));
          }
        }
        const event = decodeEvent(recorded);
        if (E.isLeft(event)) {
          const { revision } = head;
          findings.push(finding('log-damaged', event.left.message, { workspaceId, stream, revision }));
          return E.right({ ...counts, findings, keyring: null });
        }
        folded.push(event.right);
        counts.events += 1;
      }
      if (folded.length > 0) keyring = decider.replay(keyring, folded);
      onEvents(events.length);
      end = page.right.end || events.length === 0;
      // An embedded store answers at once: without this a long stream would let nothing else run.
      await turn();
    }
    // An old key's seal at the head is no seal of the deployment: a renewal seals every stream anew.
    if (head.revision >= 0 && last !== 'good') return broken(head.revision, 'seal');
    for (const one of known) {
      if (one.revision > head.revision) findings.push(behind(workspaceId, head.revision, one));
    }
    return E.right({ ...counts, findings, keyring });
  };
