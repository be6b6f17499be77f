import {
  CASE_RULE,
  CaseId,
  invalidInput,
  KeyId,
  refuse,
  unknownKey,
  type Decider,
  type KeyEntry,
  type Keyring,
  type Refusal,
} from '@keyturn/domain';
import type { AdminRefusal, Prober, VendorAdmin, VendorAdminProfile } from '@keyturn/vendors';
import type { SecretFingerprints } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import { asKnownNow, commandOf, decoded, type CallContext, type Sent } from '../context';
import type { Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import type { OfLeakCase } from './leakRequests';

export interface AtVendorParts extends Commanding {
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly decider: Pick<Decider, 'decide'>;
  readonly prober: Pick<Prober, 'vendors'>;
  readonly vault: SecretFingerprints;
  /** Null where this service calls none. */
  readonly vendorAdmin: VendorAdmin | null;
}

/** A reported key, and how its vendor lists and revokes keys. */
export interface KeyAtVendor {
  /** Decided as things stand, and not sent: what follows is caused by it. */
  readonly asked: Sent;
  readonly keyring: Keyring;
  readonly key: KeyEntry;
  readonly caseId: CaseId;
  readonly vendorName: string;
  readonly admin: VendorAdminProfile;
  readonly vendorAdmin: VendorAdmin;
  readonly signal: AbortSignal | undefined;
}

/**
 * Whether the caller may have a key revoked through its vendor's own calls. Nothing is sent, and no credential has to
 * be there yet: who would be refused is not asked for one.
 *
 * Refuses `not-permitted`, `admin-credential-from-support`, `unknown-key`, `leak-not-reported`, `no-admin-api`.
 */
export const keyAtVendor = (
  parts: AtVendorParts,
  context: CallContext,
  request: OfLeakCase,
): TaskEither<Failure, KeyAtVendor> => {
  const { clock, decider, prober, repository, vendorAdmin } = parts;
  const asking = permitted(parts, context, {
    action: 'RevokeAtVendor',
    impliedEffects: ['vendor-called'],
    target: targetOf({ keyId: request.keyId }),
  });
  return async () => {
    const caller = await asking();
    if (E.isLeft(caller)) return caller;
    const { actor, signal, workspaceId } = caller.right;
    if (actor.kind === 'support') return E.left(refuse('admin-credential-from-support', {}));
    const keyId = decoded(KeyId, 'keyId', request.keyId);
    if (E.isLeft(keyId)) return keyId;
    const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
    if (E.isLeft(caseId)) return caseId;
    const loaded = await repository.load(workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    const { keyring } = loaded.right;
    const key = keyring.keys.get(keyId.right);
    if (key === undefined) return E.left(unknownKey(keyId.right));
    const asked = commandOf({ ...caller.right, caseId: caseId.right }, clock(), {
      type: 'RecordRevocation',
      keyId: key.keyId,
      caseId: caseId.right,
      how: 'vendor-api',
      revokedBy: null,
      revokedAt: clock(),
      undo: 'unknown',
      undoUntil: null,
    });
    // What could not be recorded afterwards is not done.
    const decision = decider.decide(keyring, asKnownNow(asked));
    if (E.isLeft(decision)) return decision;
    const { displayName, profiles } = prober.vendors;
    const admin = profiles().find(({ vendor }) => vendor === key.vendor)?.admin ?? null;
    const vendorName = displayName(key.vendor);
    if (admin === null || vendorAdmin === null) {
      return E.left(refuse('no-admin-api', { vendor: key.vendor, vendorName }));
    }
    return E.right({ asked, keyring, key, caseId: caseId.right, vendorName, admin, vendorAdmin, signal });
  };
};

/** Why a vendor's call was not made, or was answered with a no, as a refusal. Nothing was changed there. */
export const refusalAtVendor = (
  { key, vendorName, admin: { only } }: KeyAtVendor,
  outcome: AdminRefusal,
): Refusal => {
  switch (outcome.kind) {
    case 'no-admin-api':
      return refuse('no-admin-api', { vendor: key.vendor, vendorName });
    case 'credential-unfit':
      return refuse('admin-credential-unfit', { vendorName, wanted: outcome.wanted });
    case 'target-unfit':
      return invalidInput(outcome.field, outcome.wanted);
    case 'admin-credential-refused':
      return refuse('admin-credential-refused', { vendorName });
    case 'not-permitted':
      return refuse('admin-credential-not-permitted', { vendorName, only });
    case 'unavailable':
      return refuse('vendor-unavailable', { vendorName, reason: outcome.reason });
  }
};
