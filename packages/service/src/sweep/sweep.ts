import { CorrelationId, KeyId, type Keyring, type WorkspaceId } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { RowFreezing, RowListing, StorePairing, VaultRow } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Question } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import { actorOf, type CallContext, type Caller } from '../context';
import { ServiceFault, type Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import { newId } from '../newId';
import { checkPairing, pairVault } from '../pairing';
import {
  isLoss,
  keysWithoutSecret,
  mattersOf,
  type Look,
  type Matter,
  type Matters,
  type RemovalMatter,
} from './matters';
import type { Outcome, Unrepaired } from './outcome';
import { makeRemove, type Removal, type RemovalParts } from './removals';
import { makeRepair, type RepairParts } from './repair';
import { makeRetests } from './retests';
import { sweptMatter, WITHIN_GRACE, type PendingMatter, type SweepReport, type SweptMatter } from './report';

const WORKSPACES_PER_PAGE = 100;
const REMOVALS_AT_ONCE = 64;
const USUAL_GRACE_MS = 10 * 60_000;

export interface SweepRequest {
  readonly actor: CallContext['actor'];
  /** Only tells what it would do. */
  readonly dryRun?: boolean;
  /**
   * How old something has to be to count as left behind and not as under way, in milliseconds; 10 minutes when left out.
   * Shorter than an add or a hard delete can take, and their rows are taken from under them: they are then refused, or a
   * hard delete loses its freeze.
   */
  readonly graceMs?: number;
  /** Told after each workspace how many were looked into. */
  readonly onProgress?: (workspaces: number) => void;
  /** Stops between two repairs, and leaves the rest for the next sweep. */
  readonly signal?: AbortSignal;
}

const YOUNG: Unrepaired = {
  code: WITHIN_GRACE,
  reason: 'It may be under way still; a later sweep looks again.',
};

const DEFECT: Unrepaired = {
  code: 'defect',
  reason: 'Sweeping failed unexpectedly; what is left is for a later sweep. Report it.',
};

const SWEEPING: Question = { action: 'Sweep', impliedEffects: ['vendor-called'], target: {} };

/** Repairs what kills and faults left half done. */
export type Sweep = (request: SweepRequest) => TaskEither<Failure, SweepReport>;

interface Found extends Look {
  readonly matters: Matters;
}

/** What a sweep has come to so far. */
interface Tally {
  readonly repairs: SweptMatter[];
  readonly pending: PendingMatter[];
  /** Seen to together, since a shred costs the same for one row as for many. */
  readonly removals: Removal[];
}

const isRemoval = (matter: Matter): matter is RemovalMatter =>
  matter.kind === 'orphan' || matter.kind === 'undestroyed-secret';

export interface SweepParts extends Commanding, RepairParts, RemovalParts {
  readonly clock: () => number;
  readonly eventStore: EventStore;
  readonly repository: Pick<KeyringRepository, 'load' | 'storeTime'>;
  readonly vault: RowFreezing & RowListing & StorePairing;
}

export const makeSweep = (parts: SweepParts): Sweep => {
  const { clock, eventStore, log, repository, vault } = parts;
  const repair = makeRepair(parts);
  const remove = makeRemove(parts);
  const retests = makeRetests(clock);

  const look = async (workspaceId: WorkspaceId): Promise<E.Either<Failure, Look>> => {
    const rows = await vault.rowsOf(workspaceId)();
    if (E.isLeft(rows)) return rows;
    const loaded = await repository.load(workspaceId)();
    return E.isLeft(loaded) ? loaded : E.right({ rows: rows.right, keyring: loaded.right.keyring });
  };

  /**
   * A key without its secret may have been added, or destroyed, in the middle of a look: only one that lacks it in two looks, one
   * after the other, has lost it.
   */
  const lookInto = async (workspaceId: WorkspaceId, graceMs: number): Promise<E.Either<Failure, Found>> => {
    const first = await look(workspaceId);
    if (E.isLeft(first)) return first;
    const lacking = keysWithoutSecret(first.right.rows, first.right.keyring);
    const last = lacking.size === 0 ? first : await look(workspaceId);
    if (E.isLeft(last)) return last;
    const { rows, keyring } = last.right;
    const lost = new Set([...keysWithoutSecret(rows, keyring)].filter((keyId) => lacking.has(keyId)));
    return E.right({ rows, keyring, matters: mattersOf(last.right, lost, clock(), graceMs) });
  };

  const repaired = async (
    caller: Caller,
    keyring: Keyring,
    matter: Exclude<Matter, RemovalMatter>,
  ): Promise<Outcome> => {
    if (matter.kind !== 'untested-key') return repair(caller, matter);
    const outcome = await repair(caller, matter);
    const called = typeof outcome !== 'object' || outcome.code !== 'rate-limited';
    if (called)
      retests.called(matter.keyId, keyring.keys.get(matter.keyId)?.addedAt ?? 0, typeof outcome === 'object');
    return outcome;
  };

  /** Keeps that the log names these keys, where an add was cut off before it did. */
  const markNamed = async (
    workspaceId: WorkspaceId,
    rows: ReadonlyArray<VaultRow>,
    { keys }: Keyring,
  ): Promise<void> => {
    for (const { keyId, named, state } of rows) {
      if (named || state === 'data-key-only' || !KeyId.is(keyId) || !keys.has(keyId)) continue;
      const marked = await vault.markNamed({ workspaceId, keyId })();
      if (E.isLeft(marked))
        log.warn({ workspaceId, keyId, fault: marked.left.code }, 'row not marked as named');
    }
  };

  const settle = (tally: Tally, workspaceId: string, matter: Matter, outcome: Outcome): void => {
    if (outcome === 'repaired') tally.repairs.push(sweptMatter(workspaceId, matter));
    else if (outcome !== 'settled') tally.pending.push({ ...sweptMatter(workspaceId, matter), ...outcome });
  };

  const removeCollected = async (tally: Tally): Promise<void> => {
    const due = tally.removals.splice(0);
    const outcomes = await remove(due).catch((): ReadonlyArray<Outcome> => []);
    due.forEach(({ cause, matter }, place) => {
      settle(tally, cause.workspaceId, matter, outcomes[place] ?? DEFECT);
    });
  };

  const sweepWorkspace = async (
    caller: Caller,
    request: SweepRequest,
    tally: Tally,
  ): Promise<E.Either<Failure, void>> => {
    const { workspaceId } = caller;
    const found = await lookInto(workspaceId, request.graceMs ?? USUAL_GRACE_MS);
    if (E.isLeft(found)) return found;
    const { rows, keyring, matters } = found.right;
    const dryRun = request.dryRun === true;
    if (!dryRun) await markNamed(workspaceId, rows, keyring);
    for (const matter of matters.withinGrace) settle(tally, workspaceId, matter, YOUNG);
    let lapsed: Outcome | null = null;
    for (const matter of matters.due) {
      if (request.signal?.aborted === true) break;
      if (matter.kind === 'untested-key' && !retests.isDue(matter.keyId)) {
        settle(tally, workspaceId, matter, YOUNG);
      } else if (dryRun && !isLoss(matter)) settle(tally, workspaceId, matter, 'repaired');
      else if (isRemoval(matter)) tally.removals.push({ cause: caller, keyring, matter });
      else if (matter.kind === 'lapsed-run') {
        // One call ends all runs that lapsed.
        lapsed ??= await repaired(caller, keyring, matter);
        settle(tally, workspaceId, matter, lapsed);
      } else settle(tally, workspaceId, matter, await repaired(caller, keyring, matter));
    }
    return E.right(undefined);
  };

  /** One workspace's defect is reported. The sweep goes on with the others. */
  const sweepSafely = async (
    context: CallContext,
    request: SweepRequest,
    tally: Tally,
  ): Promise<E.Either<Failure, void>> => {
    const caller = await permitted(parts, context, SWEEPING)();
    if (E.isLeft(caller)) return caller;
    try {
      return await sweepWorkspace(caller.right, request, tally);
    } catch (cause) {
      return E.left(new ServiceFault('defect', DEFECT.reason, { cause }));
    }
  };

  const workspaces = async function* (): AsyncGenerator<E.Either<Failure, string>> {
    for (let after: string | null = null; ;) {
      const page: E.Either<Failure, ReadonlyArray<string>> = await vault.workspaceIds(
        after,
        WORKSPACES_PER_PAGE,
      )();
      if (E.isLeft(page)) {
        yield page;
        return;
      }
      for (const workspaceId of page.right) yield E.right(workspaceId);
      after = page.right.at(-1) ?? null;
      if (after === null) return;
    }
  };

  return (request) => async () => {
    const actor = actorOf(request.actor);
    if (E.isLeft(actor)) return actor;
    const dryRun = request.dryRun === true;
    const paired = await (dryRun ? checkPairing : pairVault)(eventStore, vault)();
    if (E.isLeft(paired)) return paired;
    const correlationId = newId(CorrelationId);
    const tally: Tally = { repairs: [], pending: [], removals: [] };
    const { repairs, pending, removals } = tally;
    const stopped = (): boolean => request.signal?.aborted === true;
    let looked = 0;
    for await (const workspace of workspaces()) {
      if (stopped()) break;
      if (E.isLeft(workspace)) return workspace;
      const workspaceId = workspace.right;
      const context = { workspaceId, actor: request.actor, correlationId };
      const swept = await sweepSafely(context, request, tally);
      if (E.isLeft(swept)) {
        const { code, message } = swept.left;
        pending.push({ workspaceId, kind: 'workspace', keyId: null, runId: null, code, reason: message });
      }
      if (removals.length >= REMOVALS_AT_ONCE && !stopped()) await removeCollected(tally);
      looked += 1;
      request.onProgress?.(looked);
    }
    if (removals.length > 0 && !stopped()) await removeCollected(tally);
    log.info({ dryRun, workspaces: looked, repairs: repairs.length, pending: pending.length }, 'swept');
    for (const { workspaceId, kind, keyId, code } of pending) {
      if (code !== WITHIN_GRACE) log.warn({ workspaceId, kind, keyId, code }, 'not repaired');
    }
    return E.right({ dryRun, workspaces: looked, repairs, pending });
  };
};
