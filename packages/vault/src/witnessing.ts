import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { withWorkspaceKeys } from './openedWorkspace';
import { inconsistentWhereTampered, rereading, rereadingEach } from './rereading';
import type { JudgeWitness, StoredWorkspaceKey, VaultStorage } from './storage';
import type { LogWitnessing, Witness, WorkspaceHead } from './vault';
import { higherOf, isHead, readWitness, storedWitness } from './witness';
import { storedWorkspace } from './workspaceMaking';

/** What one workspace has come to: its witness, or null where the vault has never heard of it. */
type Outcome = E.Either<VaultFault, Witness | null>;

const faultOr = <A>(run: () => A): E.Either<VaultFault, A> =>
  E.tryCatch(run, (error) => {
    if (error instanceof VaultFault) return error;
    throw error;
  });

/** The witness that stands with a workspace's key. Throws `tampered` and `witness-damaged`. */
const witnessIn = (held: HeldKeys, workspaceId: string, stored: StoredWorkspaceKey): Witness => {
  const keys = held.get();
  const { deploymentId } = keys;
  return withWorkspaceKeys(keys, workspaceId, stored, ({ present }) =>
    readWitness(present, { deploymentId, workspaceId }, stored.witness),
  );
};

/** Reads a workspace's witness. */
export const witnessReader =
  (held: HeldKeys, storage: Pick<VaultStorage, 'readWorkspaceKey'>): LogWitnessing['witnessOf'] =>
  (workspaceId) =>
    rereading(
      held,
      pipe(
        storage.readWorkspaceKey(workspaceId),
        TE.chainW((stored) =>
          inconsistentWhereTampered(
            guarded(() => (stored === null ? null : witnessIn(held, workspaceId, stored))),
          ),
        ),
      ),
    );

/** Makes a head of what is stored, and says whether that takes its place. */
type Choose = (
  workspaceId: string,
  kept: () => Witness,
) => { readonly head: Witness; readonly keep: boolean };

const judging =
  (held: HeldKeys, choose: Choose): JudgeWitness<Outcome> =>
  (workspaceId, stored) => {
    if (stored === null) return { keep: null, outcome: E.right(null) };
    const keys = held.get();
    const name = { deploymentId: keys.deploymentId, workspaceId };
    const chosen = faultOr(() =>
      withWorkspaceKeys(keys, workspaceId, stored, ({ present }) => {
        const { head, keep } = choose(workspaceId, () => readWitness(present, name, stored.witness));
        return { keep: keep ? storedWitness(present, name, head) : null, outcome: head };
      }),
    );
    return E.isLeft(chosen)
      ? { keep: null, outcome: chosen }
      : { keep: chosen.right.keep, outcome: E.right(chosen.right.outcome) };
  };

/** @throws RangeError for a head that can't be one */
export const expectHeads = (heads: ReadonlyArray<Witness>): void => {
  if (!heads.every(isHead))
    throw new RangeError('a head has a revision, from -1, and a chain value of 32 bytes');
};

/**
 * Keeps the highest of each workspace's heads, if it is higher than what is kept. One head of a workspace that differs
 * keeps all of them from being kept.
 */
export const keepingHigher = (held: HeldKeys, heads: ReadonlyArray<WorkspaceHead>): JudgeWitness<Outcome> => {
  expectHeads(heads);
  const byWorkspace = new Map<string, WorkspaceHead[]>();
  for (const head of heads) {
    const own = byWorkspace.get(head.workspaceId);
    if (own === undefined) byWorkspace.set(head.workspaceId, [head]);
    else own.push(head);
  }
  return judging(held, (workspaceId, kept) => {
    const before = kept();
    // The lowest first: so each is compared with another of its revision, whatever the order they came in.
    const own = [...(byWorkspace.get(workspaceId) ?? [])].sort((one, other) => one.revision - other.revision);
    const highest = own.reduce((higher: Witness, head) => higherOf(workspaceId, higher, head), before);
    const { revision, chain } = highest;
    return { head: { revision, chain }, keep: revision > before.revision };
  });
};

type WitnessStorage = Pick<VaultStorage, 'readWorkspaceKey' | 'keepWorkspaceKey' | 'changeWitnesses'>;

/** What the vault knows of the heads of its workspaces' streams. */
export const logWitnessing = (held: HeldKeys, storage: WitnessStorage, now: () => number): LogWitnessing => {
  /** The outcomes of all of these, each workspace's key being there or made. */
  const change = (
    workspaceIds: ReadonlyArray<string>,
    judge: JudgeWitness<Outcome>,
  ): TE.TaskEither<VaultFault, ReadonlyArray<E.Either<VaultFault, Witness>>> =>
    rereadingEach(held, workspaceIds, (wanted) =>
      pipe(
        storage.changeWitnesses(wanted, judge),
        TE.chain((outcomes) =>
          outcomes.some((outcome) => E.isRight(outcome) && outcome.right === null)
            ? pipe(
                wanted.filter((_, place) => E.toUnion(outcomes[place] ?? E.right(undefined)) === null),
                TE.traverseSeqArray((id) => rereading(held, storedWorkspace(held, storage, id, now))),
                TE.chain(() => storage.changeWitnesses(wanted, judge)),
              )
            : TE.right(outcomes),
        ),
        TE.map((outcomes) =>
          outcomes.map(
            E.chain((witness) =>
              witness === null
                ? E.left(new VaultFault('unavailable', 'a workspace was removed from the vault: try again'))
                : E.right(witness),
            ),
          ),
        ),
      ),
    );

  return {
    witnessOf: witnessReader(held, storage),
    keepWitnesses: (heads) =>
      change(
        heads.map(({ workspaceId }) => workspaceId),
        keepingHigher(held, heads),
      ),
    lowerWitness: (workspaceId, head) => {
      expectHeads([head]);
      const { revision, chain } = head;
      return pipe(
        change(
          [workspaceId],
          judging(held, () => ({ head: { revision, chain }, keep: true })),
        ),
        TE.chain(([outcome]) => TE.fromEither(outcome ?? E.right(head))),
      );
    },
  };
};
