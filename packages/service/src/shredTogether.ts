import type { KeyId, WorkspaceId } from '@keyturn/domain';
import type { SecretShredding, ShredGroup, ShredReceipt, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceFault, type Failure } from './failure';
import type { Witnesses } from './log/witnesses';

/** Rows to be shredded, with what has to come before and after. */
export interface Shredding {
  readonly workspaceId: WorkspaceId;
  /** Which rows; asked before the shred, and given once the log lets none of them be used again. */
  readonly rows: () => Promise<E.Either<Failure, ReadonlyArray<KeyId>>>;
  /** What is left to do once they are proven gone. */
  readonly confirm: (receipt: ShredReceipt) => Promise<E.Either<Failure, unknown>>;
}

/**
 * Shreds together what can be, since a shred costs the same for one row as for many; gives what each came to, in
 * order.
 */
export type ShredTogether = (
  shreddings: ReadonlyArray<Shredding>,
) => Promise<ReadonlyArray<E.Either<Failure, void>>>;

const AT_ONCE = 64;
const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 100;

type Shredded = E.Either<VaultFault, ShredReceipt>;

const isIncomplete = (shredded: Shredded | undefined): boolean =>
  shredded !== undefined && E.isLeft(shredded) && shredded.left.code === 'shred-incomplete';

const unanswered = (workspaceId: WorkspaceId): ServiceFault =>
  new ServiceFault('defect', `The vault gave no receipt for rows of workspace ${workspaceId}. Report it.`);

export const makeShredTogether = (
  vault: Pick<SecretShredding, 'shredTogether'>,
  witnesses: Pick<Witnesses, 'known'>,
): ShredTogether => {
  const shred = async (groups: ReadonlyArray<ShredGroup>): Promise<ReadonlyMap<ShredGroup, Shredded>> => {
    const shredded = new Map<ShredGroup, Shredded>();
    let left = groups;
    for (let attempt = 1; left.length > 0; attempt += 1) {
      const receipts = await vault.shredTogether(left)();
      left.forEach((group, place) => {
        const receipt = E.isLeft(receipts) ? receipts : receipts.right[place];
        if (receipt !== undefined) shredded.set(group, receipt);
      });
      if (attempt === ATTEMPTS) break;
      left = left.filter((group) => isIncomplete(shredded.get(group)));
      if (left.length > 0) await delay(BETWEEN_ATTEMPTS_MS * attempt);
    }
    return shredded;
  };

  const shredSome = async (
    shreddings: ReadonlyArray<Shredding>,
  ): Promise<ReadonlyArray<E.Either<Failure, void>>> => {
    // At once, so that commands of one workspace share an append; and so with the confirmations.
    const asked = await Promise.all(
      shreddings.map(async ({ workspaceId, rows }) => {
        const keyIds = await rows();
        if (E.isLeft(keyIds)) return keyIds;
        const head = witnesses.known(workspaceId);
        return E.right<Failure, ShredGroup>({
          workspaceId,
          keyIds: keyIds.right,
          ...(head === null ? {} : { head }),
        });
      }),
    );
    const shredded = await shred(asked.flatMap((group) => (E.isRight(group) ? [group.right] : [])));
    return Promise.all(
      shreddings.map(async ({ workspaceId, confirm }, place): Promise<E.Either<Failure, void>> => {
        const group = asked[place];
        if (group !== undefined && E.isLeft(group)) return group;
        const receipt = group === undefined ? undefined : shredded.get(group.right);
        if (receipt === undefined) return E.left(unanswered(workspaceId));
        if (E.isLeft(receipt)) return receipt;
        const confirmed = await confirm(receipt.right);
        return E.isLeft(confirmed) ? confirmed : E.right(undefined);
      }),
    );
  };

  return async (shreddings) => {
    const outcomes: Array<E.Either<Failure, void>> = [];
    for (let from = 0; from < shreddings.length; from += AT_ONCE) {
      outcomes.push(...(await shredSome(shreddings.slice(from, from + AT_ONCE))));
    }
    return outcomes;
  };
};
