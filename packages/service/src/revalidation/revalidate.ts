import { CorrelationId, WorkspaceId, type Command, type KeyEntry } from '@keyturn/domain';
import type { RowListing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Question } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import { confirmed } from '../confirming';
import { actorOf, type CallContext, type Caller } from '../context';
import type { Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import { newId } from '../newId';
import { makeRateLimit } from '../rateLimit';
import { followUp } from '../systemCommand';
import type { TestKey } from '../testKey';
import { dueKeys } from './due';

const WORKSPACES_PER_PAGE = 100;
/** Keys that a vendor is asked about in a minute at most; the rest is for the next time. */
const PER_VENDOR_AND_MINUTE = 60;
/** A key whose test call gave no verdict is not asked about again before that. */
const AGAIN_MS = 3_600_000;

const ASKING: Question = { action: 'Sweep', impliedEffects: ['vendor-called'], target: {} };

export interface RevalidateRequest {
  readonly actor: CallContext['actor'];
  /** How old a key's verdict may get, in milliseconds, give or take a fifth. */
  readonly afterMs: number;
  /** Stops between two keys; the rest is for the next time. */
  readonly signal?: AbortSignal;
}

/** What came of it. */
interface RevalidationReport {
  readonly workspaces: number;
  /** Keys that were asked about. */
  readonly keys: number;
  /** Keys that could not be asked about, and workspaces that could not be looked into: for the next time. */
  readonly left: number;
}

/** Asks vendors again about active keys whose last verdict is old. */
export type Revalidate = (request: RevalidateRequest) => TaskEither<Failure, RevalidationReport>;

export interface RevalidateParts extends Commanding {
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly testKey: TestKey;
  readonly vault: Pick<RowListing, 'workspaceIds'>;
}

export const makeRevalidate = (parts: RevalidateParts): Revalidate => {
  const { clock, log, repository, testKey, vault } = parts;
  const perVendor = makeRateLimit(PER_VENDOR_AND_MINUTE, clock);
  const askedAt = new Map<string, number>();

  const isFresh = ({ keyId }: KeyEntry): boolean => (askedAt.get(keyId) ?? -AGAIN_MS) + AGAIN_MS <= clock();

  const note = (keyId: string): void => {
    const now = clock();
    for (const [id, at] of askedAt) if (at + AGAIN_MS <= now) askedAt.delete(id);
    askedAt.set(keyId, now);
  };

  /** One "no" does not disable a key: it is asked about a second time. */
  const asked = async (caller: Caller, { keyId }: KeyEntry): Promise<boolean> => {
    note(keyId);
    const call = (): Command =>
      followUp(caller, clock(), { type: 'StartTestCall', keyId, purpose: 'revalidate' });
    const first = await testKey(call(), keyId, 'revalidate')();
    const last = E.isLeft(first) ? first : await confirmed(testKey, call(), keyId, first.right, () => true);
    return E.isRight(last);
  };

  const ofWorkspace = async (
    caller: Caller,
    { afterMs, signal }: RevalidateRequest,
  ): Promise<E.Either<Failure, { readonly keys: number; readonly left: number }>> => {
    const loaded = await repository.load(caller.workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    let [keys, left] = [0, 0];
    for (const key of dueKeys(loaded.right.keyring, afterMs, clock()).filter(isFresh)) {
      if (signal?.aborted === true) break;
      if (E.isRight(perVendor.take(key.vendor)) && (await asked(caller, key))) keys += 1;
      else left += 1;
    }
    return E.right({ keys, left });
  };

  return (request) => async () => {
    const actor = actorOf(request.actor);
    if (E.isLeft(actor)) return actor;
    const correlationId = newId(CorrelationId);
    const stopped = (): boolean => request.signal?.aborted === true;
    let [workspaces, keys, left] = [0, 0, 0];
    for (let after: string | null = null; !stopped();) {
      const page: E.Either<Failure, ReadonlyArray<string>> = await vault.workspaceIds(
        after,
        WORKSPACES_PER_PAGE,
      )();
      if (E.isLeft(page)) return page;
      for (const workspaceId of page.right.filter(WorkspaceId.is)) {
        if (stopped()) break;
        workspaces += 1;
        const caller = await permitted(parts, { workspaceId, actor: actor.right, correlationId }, ASKING)();
        const done = E.isLeft(caller) ? caller : await ofWorkspace(caller.right, request);
        if (E.isRight(done)) {
          keys += done.right.keys;
          left += done.right.left;
        } else {
          left += 1;
          log.warn({ actor: actor.right, workspaceId, code: done.left.code }, 'workspace not revalidated');
        }
      }
      after = page.right.at(-1) ?? null;
      if (after === null) break;
    }
    return E.right({ workspaces, keys, left });
  };
};
