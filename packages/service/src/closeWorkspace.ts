import {
  CASE_RULE,
  CaseId,
  refuse,
  type CommandBody,
  type Decider,
  type DestructionReceipt,
  type KeyId,
  type KeyringEvent,
  type RunId,
  type WorkspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { EVERY_DEFAULT } from './authorization';
import { commanded, withRequest, type Commanding } from './commanding';
import type { CommandHandler } from './commandHandler';
import { asKnownNow, decoded, type CallContext, type CommandWith } from './context';
import type { Destruction } from './destroy';
import type { EmptyWorkspace } from './emptyWorkspace';
import type { Failure } from './failure';
import type { Foreseen } from './foresight';
import type { MembersOf } from './given';
import type { KeyringRepository } from './keyringRepository';
import { keySummary, type KeySummary, type Speaking } from './keySummary';
import { nextOf } from './systemCommand';
import type { WriteResult } from './writeResult';

export interface CloseWorkspaceRequest {
  readonly caseId: string;
}

/** A key that went with its workspace, or whose secret was not proven gone when that was closed. */
export interface ClosedKey {
  readonly key: KeySummary;
  /** By its hard delete; none where that came before the closing. */
  readonly interruptedRuns: ReadonlyArray<string>;
  readonly state: Destruction['state'];
  /** Why it is pending, else null. */
  readonly reason: string | null;
  /** What the vault destroyed, and how it made sure; null while that is pending. */
  readonly receipt: DestructionReceipt | null;
}

export interface WorkspaceClosing extends WriteResult {
  readonly workspaceId: string;
  /** False when it was closed already. */
  readonly changed: boolean;
  /** The case that it was closed under first, and when, milliseconds since 1970. */
  readonly caseId: string;
  readonly closedAt: number;
  /** In the order in which they went; first those that were hard-deleted before. */
  readonly keys: ReadonlyArray<ClosedKey>;
}

const CLOSE: MembersOf<CloseWorkspaceRequest> = { caseId: true };

type CloseWorkspace = CommandWith<Extract<CommandBody, { readonly type: 'CloseWorkspace' }>>;

interface CloseParts extends Commanding, Speaking {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly repository: Pick<KeyringRepository, 'foldPages' | 'load'>;
  readonly decider: Pick<Decider, 'decide' | 'replay'>;
  readonly emptyWorkspace: EmptyWorkspace;
}

const closeCommand = (
  parts: Commanding,
  context: CallContext,
  given: CloseWorkspaceRequest,
): TaskEither<Failure, CloseWorkspace> =>
  withRequest(given, CLOSE, (request) =>
    commanded(parts, context, { action: 'CloseWorkspace', impliedEffects: EVERY_DEFAULT, target: {} }, () => {
      const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
      return E.isLeft(caseId) ? caseId : E.right({ type: 'CloseWorkspace', caseId: caseId.right });
    }),
  );

/** What the log says of the keys that are gone since the closing, whoever deleted them. */
interface Gone {
  readonly runs: ReadonlyMap<KeyId, ReadonlyArray<RunId>>;
  readonly receipts: ReadonlyMap<KeyId, DestructionReceipt>;
}

const readOn = ({ runs, receipts }: Gone, { type, data }: KeyringEvent): Gone => {
  if (type === 'KeyHardDeleted')
    return { runs: new Map(runs).set(data.keyId, data.interruptedRuns), receipts };
  if (type === 'KeySecretDestroyed')
    return { runs, receipts: new Map(receipts).set(data.keyId, data.receipt) };
  return { runs, receipts };
};

const NOTHING_YET = 'it was not proven gone when this was told';

export const makeCloseWorkspace = (parts: CloseParts) => {
  const { handler, repository, decider, emptyWorkspace, clock } = parts;

  /** As the log has it, so that whoever asks again is told the same. */
  const goneSince = (workspaceId: WorkspaceId, revision: number): TaskEither<Failure, Gone> =>
    repository.foldPages<Gone>(
      workspaceId,
      { revision, chain: null },
      { runs: new Map(), receipts: new Map() },
      (gone, page) => page.reduce((so, { event }) => readOn(so, event), gone),
    );

  const close = async (command: CloseWorkspace): Promise<E.Either<Failure, WorkspaceClosing>> => {
    const { workspaceId } = command;
    const handled = await handler.handle(command)();
    if (E.isLeft(handled)) return handled;
    const emptied = await emptyWorkspace(command, (body) => nextOf(command, clock(), body));
    if (E.isLeft(emptied)) return emptied;
    const { keyring, position, destructions } = emptied.right;
    // Nothing opens a workspace again; but a loss of the log's end may have been accepted meanwhile.
    if (keyring.closed === null) return E.left(refuse('unknown-workspace', { workspaceId }));
    const { caseId, at, revision } = keyring.closed;
    const gone = await goneSince(workspaceId, revision)();
    if (E.isLeft(gone)) return gone;
    const reasons = new Map(destructions.map(({ keyId, reason }) => [keyId, reason]));
    const { runs, receipts } = gone.right;
    const before = [...keyring.keys.keys()].filter(
      (keyId) => !runs.has(keyId) && (receipts.has(keyId) || reasons.has(keyId)),
    );
    const keys: ClosedKey[] = [];
    for (const keyId of [...before, ...runs.keys()]) {
      const key = keySummary(parts, keyring, keyId);
      if (E.isLeft(key)) return key;
      const interruptedRuns = runs.get(keyId) ?? [];
      const receipt = receipts.get(keyId) ?? null;
      const reason = receipt === null ? (reasons.get(keyId) ?? NOTHING_YET) : null;
      const state = receipt === null ? 'pending' : 'confirmed';
      keys.push({ key: key.right, interruptedRuns, state, reason, receipt });
    }
    return E.right({
      workspaceId,
      changed: handled.right.events.length > 0,
      caseId,
      closedAt: at,
      keys,
      keyringRevision: keyring.revision,
      position: position ?? handled.right.position,
    });
  };

  /** With the hard deletes that follow. */
  const foresee = async (command: CloseWorkspace): Promise<E.Either<Failure, Foreseen>> => {
    const loaded = await repository.load(command.workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    let { keyring } = loaded.right;
    const keyringRevision = keyring.revision;
    const events: KeyringEvent[] = [];
    for (let next: CommandWith<CommandBody> = command; ;) {
      const decided = decider.decide(keyring, asKnownNow(next));
      if (E.isLeft(decided)) return decided;
      if (decided.right.events.length === 0 && next !== command) return E.right({ keyringRevision, events });
      events.push(...decided.right.events.map(({ event }) => event));
      keyring = decider.replay(keyring, decided.right.events);
      next = nextOf(command, clock(), { type: 'DestroyWorkspaceKeys' });
    }
  };

  return {
    /**
     * Closes a workspace for good, whatever runs hold its keys: no key comes on file any more and no run gets one, and
     * the keys that it has are hard-deleted and destroyed. A sweep goes on where this was cut off. One that is closed
     * already gives what came of it, under the case that it was closed under.
     *
     * Refuses `unknown-workspace`.
     */
    closeWorkspace: (
      context: CallContext,
      request: CloseWorkspaceRequest,
    ): TaskEither<Failure, WorkspaceClosing> => {
      const asked = closeCommand(parts, context, request);
      return async () => {
        const command = await asked();
        return E.isLeft(command) ? command : close(command.right);
      };
    },
    foreseeCloseWorkspace: (
      context: CallContext,
      request: CloseWorkspaceRequest,
    ): TaskEither<Failure, Foreseen> => {
      const asked = closeCommand(parts, context, request);
      return async () => {
        const command = await asked();
        return E.isLeft(command) ? command : foresee(command.right);
      };
    },
  };
};
