import { CorrelationId, KeyId, type Keyring, type RunId, type WorkspaceId } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { RowFreezing, RowListing, StorePairing, VaultRow } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Question } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import { actorOf, type CallContext, type Caller } from '../context';
import { ServiceFault, type Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import { USUAL_GRACE_MS } from '../grace';
import { newId } from '../newId';
import { checkPairing, pairVault } from '../pairing';
import {
  isDestructive,
  isLoss,
  isRemoval,
  keysWithoutSecret,
  findingsOf,
  type WorkspaceState,
  type Finding,
  type Findings,
} from './findings';
import { logReport } from './logReport';
import { makeEndLapsed, type EndLapsedParts } from './endLapsed';
import { overduePins, overdueRuns, type OverdueRuns } from './lapses';
import type { RepairOutcome, Unrepaired } from './repairOutcome';
import { makeRemove, type Removal, type RemovalParts } from './removals';
import { makeRepair, type RepairableFinding, type RepairParts } from './repair';
import type { SweepRequest } from './request';
import { makeRetests } from './retests';
import { makeSightings, type OverdueLease } from './sightings';
import {
  sweepFinding,
  OVERDUE,
  WITHIN_GRACE,
  type PendingFinding,
  type SweepReport,
  type SweepFinding,
} from './report';

const WORKSPACES_PER_PAGE = 100;
const REMOVALS_AT_ONCE = 64;

const YOUNG: Unrepaired = {
  code: WITHIN_GRACE,
  reason: 'It may be under way still; a later sweep looks again.',
};

const SEEN_OVERDUE: Unrepaired = {
  code: OVERDUE,
  reason:
    'Its lease is over by this clock. A service that runs ends it once it has seen that twice, five minutes apart; ' +
    'a sweep that is told to expire leases ends it now.',
};

const DEFECT: Unrepaired = {
  code: 'defect',
  reason: 'Sweeping failed unexpectedly; what is left is for a later sweep. Report it.',
};

const SWEEPING: Question = { action: 'Sweep', impliedEffects: ['vendor-called'], target: {} };
const EXPIRING: Question = { action: 'ExpireRuns', impliedEffects: [], target: {} };

/** Repairs what kills and faults left half done. */
export type Sweep = (request: SweepRequest) => TaskEither<Failure, SweepReport>;

interface Inspection extends WorkspaceState {
  readonly findings: Findings;
  readonly overdue: OverdueRuns;
}

/** What a sweep has come to so far. */
interface Tally {
  readonly repairs: SweepFinding[];
  readonly pending: PendingFinding[];
  /** Shredded together: many rows cost as much as one. */
  readonly removals: Removal[];
}

export interface SweepParts extends Commanding, RepairParts, RemovalParts, EndLapsedParts {
  readonly clock: () => number;
  /** Milliseconds since whenever: never goes back, and nobody sets it. */
  readonly monotonicClock: () => number;
  readonly eventStore: EventStore;
  readonly repository: Pick<KeyringRepository, 'load' | 'storeTime'>;
  readonly vault: RowFreezing & RowListing & StorePairing;
}

export const makeSweep = (parts: SweepParts): Sweep => {
  const { clock, monotonicClock, eventStore, log, repository, vault } = parts;
  const repair = makeRepair(parts);
  const remove = makeRemove(parts);
  const endLapsed = makeEndLapsed(parts);
  const retests = makeRetests(clock);
  const sightings = makeSightings();

  const read = async (
    workspaceId: WorkspaceId,
    from?: 'whole',
  ): Promise<E.Either<Failure, WorkspaceState>> => {
    const rows = await vault.rowsOf(workspaceId)();
    if (E.isLeft(rows)) return rows;
    const loaded = await repository.load(workspaceId, from)();
    return E.isLeft(loaded) ? loaded : E.right({ rows: rows.right, keyring: loaded.right.keyring });
  };

  /**
   * A key without its secret may have been added or destroyed while the workspace was read. It has lost its secret
   * only if a second reading does not find it either.
   */
  const inspect = async (
    workspaceId: WorkspaceId,
    { graceMs = USUAL_GRACE_MS, expire = false, dryRun = false }: SweepRequest,
  ): Promise<E.Either<Failure, Inspection>> => {
    const first = await read(workspaceId);
    if (E.isLeft(first)) return first;
    const lacking = keysWithoutSecret(first.right.rows, first.right.keyring);
    const last = lacking.size === 0 ? first : await read(workspaceId);
    if (E.isLeft(last)) return last;
    const now = clock();
    const isLost = (keyId: KeyId): boolean => lacking.has(keyId);
    const foundIn = (state: WorkspaceState): Findings => {
      const lost = new Set([...keysWithoutSecret(state.rows, state.keyring)].filter(isLost));
      return findingsOf(state, lost, now, graceMs);
    };
    // Nothing is destroyed on an aid: what is to be is found again in the whole stream, from its beginning.
    const destroys = foundIn(last.right).due.some(isDestructive);
    const state = destroys ? await read(workspaceId, 'whole') : last;
    if (E.isLeft(state)) return state;
    const { rows, keyring } = state.right;
    const pins = overduePins(keyring, now);
    const look = monotonicClock();
    if (!dryRun) sightings.note(workspaceId, pins, look);
    const seenFor = (lease: OverdueLease) => sightings.seenFor(workspaceId, lease, look);
    return E.right({
      rows,
      keyring,
      findings: foundIn(state.right),
      overdue: overdueRuns(keyring, pins, { graceMs, told: expire }, seenFor, now),
    });
  };

  const repaired = async (
    caller: Caller,
    keyring: Keyring,
    finding: RepairableFinding,
  ): Promise<RepairOutcome> => {
    if (finding.kind !== 'untested-key') return repair(caller, finding);
    const outcome = await repair(caller, finding);
    const called = typeof outcome !== 'object' || outcome.code !== 'rate-limited';
    if (called)
      retests.called(
        finding.keyId,
        keyring.keys.get(finding.keyId)?.addedAt ?? 0,
        typeof outcome === 'object',
      );
    return outcome;
  };

  /** Tells the vault which keys the log names. An add that was cut off did not. */
  const markNamed = async (
    { actor, workspaceId }: Caller,
    rows: ReadonlyArray<VaultRow>,
    { keys }: Keyring,
  ): Promise<void> => {
    for (const { keyId, named, state } of rows) {
      if (named || state === 'data-key-only' || !KeyId.is(keyId) || !keys.has(keyId)) continue;
      const marked = await vault.markNamed({ workspaceId, keyId })();
      if (E.isLeft(marked))
        log.warn({ actor, workspaceId, keyId, fault: marked.left.code }, 'row not marked as named');
    }
  };

  const settle = (tally: Tally, workspaceId: string, finding: Finding, outcome: RepairOutcome): void => {
    if (outcome === 'repaired') tally.repairs.push(sweepFinding(workspaceId, finding));
    else if (outcome !== 'settled') tally.pending.push({ ...sweepFinding(workspaceId, finding), ...outcome });
  };

  const removeCollected = async (tally: Tally): Promise<void> => {
    const due = tally.removals.splice(0);
    const outcomes = await remove(due).catch((): ReadonlyArray<RepairOutcome> => []);
    due.forEach(({ cause, finding }, place) => {
      settle(tally, cause.workspaceId, finding, outcomes[place] ?? DEFECT);
    });
  };

  /** One call ends all runs that lapsed. */
  const settleRuns = async (
    caller: Caller,
    { dryRun = false, expire = false, signal }: SweepRequest,
    { lapsed, waiting, lapse }: OverdueRuns,
    tally: Tally,
  ): Promise<void> => {
    const settled = (runId: RunId, outcome: RepairOutcome): void =>
      settle(tally, caller.workspaceId, { kind: 'lapsed-run', runId }, outcome);
    for (const runId of waiting) settled(runId, expire ? YOUNG : SEEN_OVERDUE);
    if (lapsed.length === 0 || signal?.aborted === true) return;
    if (dryRun) {
      for (const runId of lapsed) settled(runId, 'repaired');
      return;
    }
    const { outcome, released } = await endLapsed(caller, lapse);
    for (const runId of lapsed) {
      settled(runId, outcome === 'repaired' && !released.has(runId) ? 'settled' : outcome);
    }
  };

  const sweepWorkspace = async (
    caller: Caller,
    request: SweepRequest,
    tally: Tally,
  ): Promise<E.Either<Failure, void>> => {
    const { workspaceId } = caller;
    const found = await inspect(workspaceId, request);
    if (E.isLeft(found)) return found;
    const { rows, keyring, findings, overdue } = found.right;
    const dryRun = request.dryRun === true;
    if (!dryRun) await markNamed(caller, rows, keyring);
    for (const finding of findings.withinGrace) settle(tally, workspaceId, finding, YOUNG);
    for (const finding of findings.due) {
      if (request.signal?.aborted === true) break;
      if (finding.kind === 'untested-key' && !retests.isDue(finding.keyId)) {
        settle(tally, workspaceId, finding, YOUNG);
      } else if (dryRun && !isLoss(finding)) settle(tally, workspaceId, finding, 'repaired');
      else if (isRemoval(finding)) tally.removals.push({ cause: caller, keyring, finding });
      else settle(tally, workspaceId, finding, await repaired(caller, keyring, finding));
    }
    await settleRuns(caller, request, overdue, tally);
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
    const mayExpire = request.expire === true ? await permitted(parts, context, EXPIRING)() : caller;
    if (E.isLeft(mayExpire)) return mayExpire;
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
      const context = { workspaceId, actor: actor.right, correlationId };
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
    const report: SweepReport = { dryRun, workspaces: looked, repairs, pending };
    logReport(log, actor.right, report);
    return E.right(report);
  };
};
