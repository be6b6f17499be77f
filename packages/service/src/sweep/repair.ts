import type { KeyId } from '@keyturn/domain';
import type { RowFreezing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { EmptyWorkspace } from '../emptyWorkspace';
import type { RateLimit } from '../rateLimit';
import { followUp, type Cause } from '../systemCommand';
import type { TestKey } from '../testKey';
import type { Finding, LapsedRun, RemovableFinding } from './findings';
import { unlessMovedOn, unrepaired, type RepairOutcome, type Unrepaired } from './repairOutcome';

export interface RepairParts {
  readonly clock: () => number;
  /** Limits the sweep's own test calls. Those of callers have a limit of their own. */
  readonly sweepRateLimit: Pick<RateLimit, 'take'>;
  readonly testKey: TestKey;
  readonly emptyWorkspace: EmptyWorkspace;
  readonly vault: Pick<RowFreezing, 'unfreeze'>;
}

/** What is repaired one by one, and without a shred. */
export type RepairableFinding = Exclude<Finding, RemovableFinding | LapsedRun>;

/** Repairs one finding. Many processes may do so at once. */
export type Repair = (cause: Cause, finding: RepairableFinding) => Promise<RepairOutcome>;

/** The event store was restored to before the key was added. */
const LOST_FROM_LOG: Unrepaired = {
  code: 'event-store-behind',
  reason:
    'The event log named this key once, and does not now: ' +
    'the event store was restored from a backup older than the key. The secret is kept. ' +
    'Restore both to the same moment, or add the key again.',
};

/** The event store was restored to before the key was hard-deleted, or the vault to before it was added. */
const LOST_FROM_VAULT: Unrepaired = {
  code: 'missing-secret',
  reason:
    'The event log has this key on file, and the vault has no secret of it: ' +
    'the event store was restored from a backup older than the key’s hard delete, or the vault from one ' +
    'older than the key. Restore both to the same moment, or delete the key.',
};

export const makeRepair = (parts: RepairParts): Repair => {
  const { clock, emptyWorkspace, sweepRateLimit, testKey, vault } = parts;

  /** A row that was frozen again later stays frozen. */
  const unfreeze = async (cause: Cause, keyId: KeyId, frozenAt: number): Promise<RepairOutcome> => {
    const { workspaceId } = cause;
    const thawed = await vault.unfreeze({ workspaceId, keyId }, frozenAt)();
    return E.isLeft(thawed) && thawed.left.code !== 'missing-secret' ? unrepaired(thawed.left) : 'repaired';
  };

  const test = async (cause: Cause, keyId: KeyId): Promise<RepairOutcome> => {
    const allowed = sweepRateLimit.take(cause.workspaceId);
    if (E.isLeft(allowed)) return unrepaired(allowed.left);
    const asked = followUp(cause, clock(), { type: 'StartTestCall', keyId, purpose: 'sweep' });
    const tested = await testKey(asked, keyId, 'sweep')();
    if (E.isLeft(tested)) return 'before' in tested.left ? 'repaired' : unlessMovedOn(tested.left);
    const { validation } = tested.right;
    return validation.kind === 'inconclusive'
      ? { code: 'inconclusive', reason: `The test call told nothing: ${validation.reason}.` }
      : 'repaired';
  };

  /** With the first of its keys all are done. */
  const empty = async (cause: Cause, keyId: KeyId): Promise<RepairOutcome> => {
    const emptied = await emptyWorkspace(cause, (body) => followUp(cause, clock(), body));
    if (E.isLeft(emptied)) return unrepaired(emptied.left);
    const pending = emptied.right.destructions.find((one) => one.keyId === keyId && one.state === 'pending');
    return pending === undefined ? 'repaired' : { code: 'destruction-pending', reason: pending.reason ?? '' };
  };

  return async (cause, finding) => {
    switch (finding.kind) {
      case 'key-lost-from-log':
        return LOST_FROM_LOG;
      case 'secret-lost-from-vault':
        return LOST_FROM_VAULT;
      case 'frozen-row':
        return unfreeze(cause, finding.keyId, finding.frozenAt);
      case 'key-of-closed-workspace':
        return empty(cause, finding.keyId);
      case 'untested-key':
        return test(cause, finding.keyId);
    }
  };
};
