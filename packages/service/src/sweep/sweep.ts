import { CorrelationId, KeyId, type Keyring, type WorkspaceId } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { VaultRow } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { permitted } from '../commanding';
import { callerOf, type CallContext, type Caller } from '../context';
import type { Failure } from '../failure';
import { newId } from '../newId';
import { checkPairing, pairVault } from '../pairing';
import type { UseCaseParts } from '../useCaseParts';
import { mattersOf, type Matter, type Matters } from './matters';
import { makeRepair, type Outcome, type Unrepaired } from './repair';
import { makeRetests } from './retests';
import { sweptMatter, WITHIN_GRACE, type PendingMatter, type SweepReport, type SweptMatter } from './report';

const WORKSPACES_PER_PAGE = 100;
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
  /** Stops between two workspaces. */
  readonly signal?: AbortSignal;
}

const YOUNG: Unrepaired = {
  code: WITHIN_GRACE,
  reason: 'It may be under way still; a later sweep looks again.',
};

/** Repairs what kills and faults left half done. */
export type Sweep = (request: SweepRequest) => TaskEither<Failure, SweepReport>;

interface Found {
  readonly rows: ReadonlyArray<VaultRow>;
  readonly keyring: Keyring;
  readonly matters: Matters;
}

export const makeSweep = (parts: UseCaseParts, eventStore: EventStore): Sweep => {
  const { clock, log, repository, vault } = parts;
  const repair = makeRepair(parts);
  const retests = makeRetests(clock);

  const lookInto = async (workspaceId: WorkspaceId, graceMs: number): Promise<E.Either<Failure, Found>> => {
    const rows = await vault.rowsOf(workspaceId)();
    if (E.isLeft(rows)) return rows;
    const loaded = await repository.load(workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    const { keyring } = loaded.right;
    return E.right({ rows: rows.right, keyring, matters: mattersOf(rows.right, keyring, clock(), graceMs) });
  };

  const repaired = async (caller: Caller, keyring: Keyring, matter: Matter): Promise<Outcome> => {
    if (matter.kind !== 'untested-key') return repair(caller, keyring, matter);
    if (!retests.isDue(matter.keyId)) return YOUNG;
    const outcome = await repair(caller, keyring, matter);
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

  const sweepWorkspace = async (
    caller: Caller,
    request: SweepRequest,
    repairs: SweptMatter[],
    pending: PendingMatter[],
  ): Promise<E.Either<Failure, void>> => {
    const { workspaceId } = caller;
    const found = await lookInto(workspaceId, request.graceMs ?? USUAL_GRACE_MS);
    if (E.isLeft(found)) return found;
    const { rows, keyring, matters } = found.right;
    const dryRun = request.dryRun === true;
    if (!dryRun) await markNamed(workspaceId, rows, keyring);
    const leave = (matter: Matter, left: Unrepaired): void => {
      pending.push({ ...sweptMatter(workspaceId, matter), ...left });
    };
    for (const matter of matters.withinGrace) leave(matter, YOUNG);
    let lapsed: Outcome | null = null;
    for (const matter of matters.due) {
      // One call ends all runs that lapsed.
      const outcome: Outcome =
        matter.kind === 'lapsed-run' && lapsed !== null
          ? lapsed
          : dryRun && matter.kind !== 'key-lost-from-log'
            ? 'repaired'
            : await repaired(caller, keyring, matter);
      if (matter.kind === 'lapsed-run') lapsed = outcome;
      if (outcome === 'repaired') repairs.push(sweptMatter(workspaceId, matter));
      else if (outcome !== 'settled') leave(matter, outcome);
    }
    return E.right(undefined);
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
    const caller = callerOf({ workspaceId: 'any', actor: request.actor }, clock());
    if (E.isLeft(caller)) return caller;
    const dryRun = request.dryRun === true;
    const paired = await (dryRun ? checkPairing : pairVault)(eventStore, vault)();
    if (E.isLeft(paired)) return paired;
    const correlationId = newId(CorrelationId);
    const repairs: SweptMatter[] = [];
    const pending: PendingMatter[] = [];
    let looked = 0;
    for await (const workspace of workspaces()) {
      if (request.signal?.aborted === true) break;
      if (E.isLeft(workspace)) return workspace;
      const workspaceId = workspace.right;
      const context = { workspaceId, actor: request.actor, correlationId };
      const swept = await pipe(
        permitted(parts, context, 'Sweep', ['vendor-called']),
        TE.chain((caller) => () => sweepWorkspace(caller, request, repairs, pending)),
      )();
      if (E.isLeft(swept)) {
        const { code, message } = swept.left;
        pending.push({ workspaceId, kind: 'workspace', keyId: null, runId: null, code, reason: message });
      }
      looked += 1;
      request.onProgress?.(looked);
    }
    log.info({ dryRun, workspaces: looked, repairs: repairs.length, pending: pending.length }, 'swept');
    for (const { workspaceId, kind, keyId, code } of pending) {
      if (code !== WITHIN_GRACE) log.warn({ workspaceId, kind, keyId, code }, 'not repaired');
    }
    return E.right({ dryRun, workspaces: looked, repairs, pending });
  };
};
