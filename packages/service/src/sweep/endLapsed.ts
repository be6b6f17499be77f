import type { CommandBody, Lapse, RunId } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { Caller } from '../context';
import type { DeletionHandler } from '../deletionHandler';
import type { KeyringRepository } from '../keyringRepository';
import { followUp, nextOf } from '../systemCommand';
import { unrepaired, type RepairOutcome } from './repairOutcome';

export interface EndLapsedParts {
  readonly clock: () => number;
  readonly handleDeletion: DeletionHandler;
  readonly repository: Pick<KeyringRepository, 'storeTime'>;
}

/** What ending a workspace's lapsed runs came to. */
interface Ended {
  readonly outcome: RepairOutcome;
  readonly released: ReadonlySet<RunId>;
}

/** Ends the runs of the caller's workspace that lapsed, chunk by chunk. What was told is signed by who told it. */
export const makeEndLapsed =
  ({ clock, handleDeletion, repository }: EndLapsedParts) =>
  async (caller: Caller, lapse: Lapse): Promise<Ended> => {
    const released = new Set<RunId>();
    const storeTime = await repository.storeTime();
    if (E.isLeft(storeTime)) return { outcome: unrepaired(storeTime.left), released };
    let outcome: RepairOutcome = 'repaired';
    for (;;) {
      const now = clock();
      const body: CommandBody = { type: 'ExpireRuns', now, storeTime: storeTime.right, lapse };
      const command = lapse.kind === 'told' ? nextOf(caller, now, body) : followUp(caller, now, body);
      const expired = await handleDeletion(command)();
      if (E.isLeft(expired)) return { outcome: unrepaired(expired.left), released };
      const { handled, destructions } = expired.right;
      const pending = destructions.find(({ state }) => state === 'pending');
      if (pending !== undefined) outcome = { code: 'destruction-pending', reason: pending.reason ?? '' };
      if (handled.events.length === 0) return { outcome, released };
      for (const { event } of handled.events) {
        if (event.type === 'RunKeyReleased') released.add(event.data.runId);
      }
    }
  };
