import { keyringStream, type Decider, type WorkspaceId } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type {
  LogSealing,
  LogWitnessing,
  RemovalMemory,
  RowListing,
  SecretChecking,
  StorePairing,
} from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Authorize } from '../authorization';
import { ServiceFault, type Failure, type Fault } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import { openSnapshot } from '../log/sealedSnapshot';
import type { ServiceLog } from '../options';
import { checkPairing } from '../pairing';
import { permittedQuery, type QueryContext } from '../permittedQuery';
import { makeKeysCheck, type CheckedKeys } from './keysCheck';
import { makeHeadCheck } from './headCheck';
import type { KnownHead } from './known';
import { makeRemovalsCheck } from './removalsCheck';
import { workspacesOfLog, workspacesOfVault } from './knownWorkspaces';
import type { VerifyFinding, VerifyProgress, VerifyReport } from './report';
import { makeStreamCheck } from './streamCheck';
import { finding } from './words';

export interface VerifyRequest {
  /**
   * `whole` when left out. `heads`: only whether each stream ends as the vault knows it, sealed. That takes two events
   * of each workspace that the vault knows: for a log that was just put back.
   */
  readonly depth?: 'heads' | 'whole';
  readonly onProgress?: (progress: VerifyProgress) => void;
  /** Ends it with the fault `cancelled`, between two workspaces. */
  readonly signal?: AbortSignal;
}

/** Looks whether log and vault are what was written, and changes nothing. */
export type Verify = (context: QueryContext, request?: VerifyRequest) => TaskEither<Failure, VerifyReport>;

export interface VerifyParts {
  readonly authorize: Authorize;
  readonly log: ServiceLog;
  readonly decider: Decider;
  readonly eventStore: EventStore;
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly vault: LogSealing & LogWitnessing & RemovalMemory & RowListing & SecretChecking & StorePairing;
}

/** What one workspace came to. */
type Looked = Omit<VerifyReport, 'workspaces'>;

interface SeenWitness {
  readonly known: ReadonlyArray<KnownHead>;
  /** The vault has never heard of the workspace: it may be older, and its next command makes it known. */
  readonly isUnknown: boolean;
  readonly findings: VerifyFinding[];
}

const noted = (one: VerifyFinding): string => `${one.kind} ${one.keyId ?? ''}`;

export const makeVerify = (parts: VerifyParts): Verify => {
  const { eventStore, repository, vault } = parts;
  const mayRead = permittedQuery(parts.authorize, parts.log);
  const checkStream = makeStreamCheck(eventStore, vault, parts.decider);
  const checkHead = makeHeadCheck(eventStore, vault);
  const checkKeys = makeKeysCheck(vault);
  const checkRemovals = makeRemovalsCheck(vault);

  /** The vault's witness, or what is wrong with it. */
  const witnessOf = async (workspaceId: WorkspaceId): Promise<E.Either<Fault, SeenWitness>> => {
    const witness = await vault.witnessOf(workspaceId)();
    if (E.isRight(witness)) {
      if (witness.right !== null)
        return E.right({ known: [{ ...witness.right, from: 'witness' }], isUnknown: false, findings: [] });
      return E.right({ known: [], isUnknown: true, findings: [] });
    }
    if (witness.left.code !== 'witness-damaged' && witness.left.code !== 'tampered') return witness;
    const what = `In the vault ${witness.left.message}.`;
    return E.right({
      known: [],
      isUnknown: false,
      findings: [finding('witness-damaged', what, { workspaceId })],
    });
  };

  /** What a sealed snapshot shows of the stream, or what is wrong with the snapshot. */
  const snapshotOf = async (
    workspaceId: WorkspaceId,
  ): Promise<
    E.Either<Fault, { readonly known: ReadonlyArray<KnownHead>; readonly findings: VerifyFinding[] }>
  > => {
    const stream = keyringStream(workspaceId);
    const stored = await eventStore.loadSnapshot(stream)();
    if (E.isLeft(stored)) return stored;
    if (stored.right === null) return E.right({ known: [], findings: [] });
    const { revision } = stored.right;
    const snapshot = await openSnapshot(vault, workspaceId, stored.right);
    if (E.isLeft(snapshot)) return snapshot;
    if (typeof snapshot.right === 'object')
      return E.right({ known: [{ revision, chain: snapshot.right.chain, from: 'snapshot' }], findings: [] });
    if (snapshot.right === 'unreadable') return E.right({ known: [], findings: [] });
    const what =
      snapshot.right === 'forged'
        ? `The snapshot at revision ${revision} has a seal that does not fit: nobody with the vault wrote it.`
        : `The snapshot at revision ${revision} lacks a part, or has another one than was sealed.`;
    return E.right({
      known: [],
      findings: [finding('snapshot-damaged', what, { workspaceId, stream, revision })],
    });
  };

  /** What a second look finds, too: what was under way at the first one has come to its end. */
  const stillThere = async (
    workspaceId: WorkspaceId,
    first: CheckedKeys,
  ): Promise<E.Either<Fault, CheckedKeys>> => {
    if (first.findings.length === 0) return E.right(first);
    const rows = await vault.rowsOf(workspaceId)();
    if (E.isLeft(rows)) return rows;
    const loaded = await repository.load(workspaceId)();
    // What keeps it from being read is told as what it is.
    if (E.isLeft(loaded)) return E.right(first);
    const again = await checkKeys({ workspaceId, rows: rows.right, keyring: loaded.right.keyring });
    if (E.isLeft(again)) return again;
    const before = new Set(first.findings.map(noted));
    return E.right({
      ...again.right,
      findings: again.right.findings.filter((one) => before.has(noted(one))),
    });
  };

  const lookInto = async (
    workspaceId: WorkspaceId,
    onEvents: (count: number) => void,
  ): Promise<E.Either<Fault, Looked>> => {
    // All of this before the stream: what is known then, the stream has to have.
    const witness = await witnessOf(workspaceId);
    if (E.isLeft(witness)) return witness;
    const snapshot = await snapshotOf(workspaceId);
    if (E.isLeft(snapshot)) return snapshot;
    const rows = await vault.rowsOf(workspaceId)();
    if (E.isLeft(rows)) return rows;
    const removals = await checkRemovals(workspaceId);
    if (E.isLeft(removals)) return removals;
    const known = [...witness.right.known, ...snapshot.right.known];
    const stream = await checkStream({ workspaceId, known, onEvents });
    if (E.isLeft(stream)) return stream;
    const { keyring, ...read } = stream.right;
    // Neither log nor vault have ever heard of it: nothing is wrong with either.
    const isEmpty = read.events === 0 && read.findings.length === 0 && rows.right.length === 0;
    const { isUnknown } = witness.right;
    if (isEmpty && isUnknown) return E.right({ ...read, keysOpened: 0 });
    const bare = 'The vault has rows of this workspace, and no mark of its log.';
    const findings = [
      ...read.findings,
      ...witness.right.findings,
      ...(isUnknown && rows.right.length > 0 ? [finding('witness-damaged', bare, { workspaceId })] : []),
      ...snapshot.right.findings,
    ];
    if (keyring === null) return E.right({ ...read, keysOpened: 0, findings });
    // A log that is told to be behind lacks what it lacks: one act mends both.
    const isBehind = findings.some(({ kind }) => kind === 'log-behind');
    findings.push(...removals.right(keyring).filter(({ kind }) => kind !== 'log-behind' || !isBehind));
    const first = await checkKeys({ workspaceId, rows: rows.right, keyring });
    const keys = E.isLeft(first) ? first : await stillThere(workspaceId, first.right);
    return E.isLeft(keys)
      ? keys
      : E.right({ ...read, keysOpened: keys.right.opened, findings: [...findings, ...keys.right.findings] });
  };

  const lookAtHead = async (workspaceId: WorkspaceId): Promise<E.Either<Fault, Looked>> => {
    const witness = await witnessOf(workspaceId);
    if (E.isLeft(witness)) return witness;
    const head = await checkHead(workspaceId, witness.right.known);
    return E.isLeft(head)
      ? head
      : E.right({
          ...head.right,
          keysOpened: 0,
          findings: [...head.right.findings, ...witness.right.findings],
        });
  };

  const lookSafely = async (
    workspaceId: WorkspaceId,
    { depth }: VerifyRequest,
    onEvents: (count: number) => void,
  ): Promise<E.Either<Fault, Looked>> => {
    try {
      return await (depth === 'heads' ? lookAtHead(workspaceId) : lookInto(workspaceId, onEvents));
    } catch (cause) {
      return E.left(new ServiceFault('defect', 'Verifying failed unexpectedly. Report it.', { cause }));
    }
  };

  /** Each workspace once, in the order of their ids, and how many events the log has of them. */
  const wanted = async (
    only: WorkspaceId | null,
    { depth, onProgress }: VerifyRequest,
  ): Promise<
    E.Either<Fault, { readonly workspaces: ReadonlyArray<WorkspaceId>; readonly total: number | null }>
  > => {
    if (only !== null) return E.right({ workspaces: [only], total: null });
    const ofVault = await workspacesOfVault(vault);
    if (E.isLeft(ofVault)) return ofVault;
    if (depth === 'heads') return E.right({ workspaces: ofVault.right, total: null });
    const ofLog = await workspacesOfLog(eventStore, (done) =>
      onProgress?.({ step: 'counting', done, total: null }),
    );
    if (E.isLeft(ofLog)) return ofLog;
    const workspaces = [...new Set([...ofVault.right, ...ofLog.right.workspaces])].sort();
    return E.right({ workspaces, total: ofLog.right.events });
  };

  return (context, request = {}) =>
    async () => {
      const reader = await mayRead(context, 'Verify')();
      if (E.isLeft(reader)) return reader;
      const pairing = await checkPairing(eventStore, vault)();
      if (E.isLeft(pairing)) return pairing;
      const names = await wanted(reader.right.workspaceId, request);
      if (E.isLeft(names)) return names;
      const { workspaces, total } = names.right;
      const findings: VerifyFinding[] = [];
      const sum = { workspaces: 0, events: 0, sealsGood: 0, sealsVouched: 0, keysOpened: 0 };
      let done = 0;
      for (const workspaceId of workspaces) {
        if (request.signal?.aborted === true) {
          return E.left(
            new ServiceFault('cancelled', 'The verification was cancelled. Nothing was changed.'),
          );
        }
        const looked = await lookSafely(workspaceId, request, (count) => {
          done += count;
          request.onProgress?.({ step: 'checking', done, total });
        });
        sum.workspaces += 1;
        if (E.isLeft(looked)) {
          findings.push(finding('not-checked', looked.left.message, { workspaceId }));
          continue;
        }
        findings.push(...looked.right.findings);
        for (const count of ['events', 'sealsGood', 'sealsVouched', 'keysOpened'] as const)
          sum[count] += looked.right[count];
      }
      parts.log.info(
        {
          actor: reader.right.actor,
          workspaces: sum.workspaces,
          events: sum.events,
          findings: findings.length,
        },
        'verified',
      );
      return E.right({ ...sum, findings });
    };
};
