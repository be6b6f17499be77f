import { keyringStream, type WorkspaceId } from '@keyturn/domain';
import { linkOf, type EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import { sameChain } from '../log/checkedReading';
import { whatDiffers } from '../log/damage';
import { makeJudge, type NumberedSeals } from './judge';
import { behind, differs, type KnownHead } from './known';
import type { VerifyFinding } from './report';
import type { CheckedStream } from './streamCheck';
import { finding } from './words';

type HeadCheck = Omit<CheckedStream, 'keyring'>;

/**
 * Looks at two events of a stream alone: the last one, for its seal, and the one that the vault knows. So it tells in a
 * moment whether a log that was put back reaches what the vault knows of it; what lies between is not looked at.
 */
export const makeHeadCheck =
  (store: Pick<EventStore, 'readStream'>, seals: NumberedSeals) =>
  async (workspaceId: WorkspaceId, known: ReadonlyArray<KnownHead>): Promise<E.Either<Fault, HeadCheck>> => {
    const stream = keyringStream(workspaceId);
    const findings: VerifyFinding[] = [];
    const counts = { events: 0, sealsGood: 0, sealsVouched: 0 };
    const last = await store.readStream(stream, { direction: 'backwards', limit: 1 })();
    if (E.isLeft(last)) return last;
    const [newest] = last.right.events;
    const revision = newest?.revision ?? -1;
    if (newest !== undefined) {
      counts.events += 1;
      const link = linkOf(newest.metadata);
      const sealed =
        link === null || link.seal === null
          ? E.right('bad' as const)
          : await makeJudge(seals, -1)({ revision, chain: link.chain }, link.seal);
      if (E.isLeft(sealed)) return sealed;
      if (sealed.right === 'good') counts.sealsGood += 1;
      else {
        const what = `Event ${revision} ${whatDiffers(link === null ? 'link' : 'seal')}.`;
        findings.push(finding('log-damaged', what, { workspaceId, stream, revision }));
      }
    }
    for (const one of known) {
      if (one.revision > revision) findings.push(behind(workspaceId, revision, one));
      if (one.revision < 0 || one.revision > revision) continue;
      const page = await store.readStream(stream, { direction: 'forwards', from: one.revision, limit: 1 })();
      if (E.isLeft(page)) return page;
      counts.events += page.right.events.length;
      const link = linkOf(page.right.events[0]?.metadata ?? '');
      if (link === null || !sameChain(link.chain, one.chain)) findings.push(differs(workspaceId, one));
    }
    return E.right({ ...counts, findings });
  };
