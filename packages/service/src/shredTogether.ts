import type { KeyId, WorkspaceId } from '@keyturn/domain';
import type { SecretShredding, ShredGroup, ShredReceipt, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { setImmediate as othersFirst, setTimeout as delay } from 'node:timers/promises';
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

/** Shreds together what waits, whoever asked; gives what each came to, in order. */
export type ShredTogether = (
  shreddings: ReadonlyArray<Shredding>,
) => Promise<ReadonlyArray<E.Either<Failure, void>>>;

const AT_ONCE = 64;
const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 100;

type Shredded = E.Either<VaultFault, ShredReceipt>;

/** One shredding that waits for its turn, or for its next one. */
interface Waiting {
  readonly shredding: Shredding;
  readonly group: ShredGroup | null;
  readonly attempt: number;
  readonly settle: (outcome: E.Either<Failure, void>) => void;
  readonly fail: (error: unknown) => void;
}

/** One that was asked for its rows. */
type Asked = Waiting & { readonly group: ShredGroup };

const isIncomplete = (shredded: Shredded): boolean =>
  E.isLeft(shredded) && shredded.left.code === 'shred-incomplete';

const unanswered = (workspaceId: WorkspaceId): ServiceFault =>
  new ServiceFault('defect', `The vault gave no receipt for rows of workspace ${workspaceId}. Report it.`);

/**
 * One shred runs at a time. What comes meanwhile waits and then goes together, since a shred costs nearly the same for
 * one row as for many. One that is incomplete waits apart, and keeps nobody else waiting.
 */
export const makeShredTogether = (
  vault: Pick<SecretShredding, 'shredTogether'>,
  witnesses: Pick<Witnesses, 'known'>,
): ShredTogether => {
  const waiting: Array<Waiting> = [];
  let running = false;

  /** Nothing where there is nothing to be shredded: then it is settled. */
  const withRows = async (each: Waiting): Promise<ReadonlyArray<Asked>> => {
    const { shredding, group, settle, fail } = each;
    if (group !== null) return [{ ...each, group }];
    const { workspaceId } = shredding;
    const keyIds = await shredding.rows().catch(fail);
    if (keyIds === undefined) return [];
    if (E.isLeft(keyIds)) {
      settle(keyIds);
      return [];
    }
    const head = witnesses.known(workspaceId);
    return [{ ...each, group: { workspaceId, keyIds: keyIds.right, ...(head === null ? {} : { head }) } }];
  };

  const confirmed = async ({ shredding }: Asked, receipt: ShredReceipt): Promise<E.Either<Failure, void>> => {
    const outcome = await shredding.confirm(receipt);
    return E.isLeft(outcome) ? outcome : E.right(undefined);
  };

  const laterAgain = (each: Asked): void => {
    void delay(BETWEEN_ATTEMPTS_MS * each.attempt).then(() =>
      enqueue([{ ...each, attempt: each.attempt + 1 }]),
    );
  };

  const told = (each: Asked, shredded: Shredded | undefined): void => {
    if (shredded === undefined) each.settle(E.left(unanswered(each.shredding.workspaceId)));
    else if (isIncomplete(shredded) && each.attempt < ATTEMPTS) laterAgain(each);
    else if (E.isLeft(shredded)) each.settle(shredded);
    else confirmed(each, shredded.right).then(each.settle, each.fail);
  };

  const shredSome = async (some: ReadonlyArray<Waiting>): Promise<void> => {
    // At once, so that commands of one workspace share an append; and so with the confirmations.
    const asked = (await Promise.all(some.map(withRows))).flat();
    if (asked.length === 0) return;
    const receipts = await vault.shredTogether(asked.map(({ group }) => group))();
    asked.forEach((each, place) => told(each, E.isLeft(receipts) ? receipts : receipts.right[place]));
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      // Whose events went in one append come together.
      await othersFirst();
      const some = waiting.splice(0, AT_ONCE);
      await shredSome(some).catch((error: unknown) => {
        for (const { fail } of some) fail(error);
      });
    }
    running = false;
  };

  const enqueue = (more: ReadonlyArray<Waiting>): void => {
    waiting.push(...more);
    if (!running) void run();
  };

  return (shreddings) =>
    Promise.all(
      shreddings.map(
        (shredding) =>
          new Promise<E.Either<Failure, void>>((settle, fail) => {
            enqueue([{ shredding, group: null, attempt: 1, settle, fail }]);
          }),
      ),
    );
};
