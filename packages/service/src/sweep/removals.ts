import type { Keyring } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { StorePairing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { CommandHandler } from '../commandHandler';
import type { DestructionOf } from '../destroy';
import type { Failure } from '../failure';
import { checkPairing, checkReach } from '../pairing';
import type { Shredding, ShredTogether } from '../shredTogether';
import { followUp, type Cause } from '../systemCommand';
import type { RemovableFinding } from './findings';
import { unlessMovedOn, unrepaired, type RepairOutcome } from './repairOutcome';

/** A finding whose repair ends in a shred, and the keyring that it was found by. */
export interface Removal {
  readonly cause: Cause;
  readonly keyring: Keyring;
  readonly finding: RemovableFinding;
}

/** Carries out removals of any workspaces together. Gives the outcome of each, in order. */
export type Remove = (removals: ReadonlyArray<Removal>) => Promise<ReadonlyArray<RepairOutcome>>;

const NOTHING_MORE = (): Promise<E.Either<Failure, void>> => Promise.resolve(E.right(undefined));

export interface RemovalParts {
  readonly clock: () => number;
  readonly destructionOf: DestructionOf;
  readonly eventStore: EventStore;
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly shredTogether: ShredTogether;
  readonly vault: StorePairing;
}

export const makeRemove = (parts: RemovalParts): Remove => {
  const { clock, destructionOf, eventStore, handler, shredTogether, vault } = parts;

  const shreddingOf = (
    { cause, keyring, finding }: Removal,
    ownStore: E.Either<Failure, unknown>,
  ): Shredding => {
    const { workspaceId } = cause;
    const { keyId } = finding;
    const rowAlone: Shredding = {
      workspaceId,
      rows: () => Promise.resolve(E.right([keyId])),
      confirm: NOTHING_MORE,
    };
    if (finding.kind === 'undestroyed-secret') {
      const key = keyring.keys.get(keyId);
      return key === undefined || key.destroyed ? rowAlone : destructionOf(cause, keyring, key);
    }
    if (finding.burned) return rowAlone;
    return {
      ...rowAlone,
      // Burned first: an add that is under way is refused from then on, so no event can name the row.
      rows: async () => {
        if (E.isLeft(ownStore)) return ownStore;
        const burned = await handler.handle(followUp(cause, clock(), { type: 'AbandonAdd', keyId }))();
        return E.isLeft(burned) ? burned : E.right([keyId]);
      },
    };
  };

  const outcomeOf = ({ keyring, finding }: Removal, outcome: E.Either<Failure, void>): RepairOutcome => {
    if (E.isRight(outcome)) return 'repaired';
    if (finding.kind === 'orphan') return unlessMovedOn(outcome.left);
    return keyring.keys.get(finding.keyId)?.destroyed === true
      ? unrepaired(outcome.left)
      : { code: 'destruction-pending', reason: outcome.left.message };
  };

  const unlessRestored = async (): Promise<E.Either<Failure, unknown>> => {
    const paired = await checkPairing(eventStore, vault)();
    return E.isLeft(paired) ? paired : checkReach(eventStore, vault)();
  };

  return async (removals) => {
    const takesOrphans = removals.some(({ finding }) => finding.kind === 'orphan' && !finding.burned);
    // Checked again after the keyrings were read: the store may have been restored since the sweep began.
    const ownStore: E.Either<Failure, unknown> = takesOrphans ? await unlessRestored() : E.right(undefined);
    const outcomes = await shredTogether(removals.map((removal) => shreddingOf(removal, ownStore)));
    return removals.flatMap((removal, place) => {
      const outcome = outcomes[place];
      return outcome === undefined ? [] : [outcomeOf(removal, outcome)];
    });
  };
};
