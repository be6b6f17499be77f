import { vendorKeyUnfit, type Keyring, type KillCheckSays } from '@keyturn/domain';
import type { AdminRefusal, RevokeOutcome } from '@keyturn/vendors';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withRequest } from '../commanding';
import type { Handled } from '../commandHandler';
import type { CallContext } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import { nextOf } from '../systemCommand';
import { writeResultOf, type WriteResult } from '../writeResult';
import { keyAtVendor, refusalAtVendor, type KeyAtVendor } from './atVendor';
import type { RevokeAtVendorRequest } from './leakRequests';
import { keyNamedAtVendor } from './namedAtVendor';
import { makeShownDead, NOT_SHOWN, type ShownDeadParts } from './shownDead';

type Revoked = Extract<RevokeOutcome, { kind: 'revoked' }>;
/** What the vendor answered, be it that nobody can tell what became of the call. */
type Answered =
  | Exclude<RevokeOutcome, AdminRefusal | { readonly kind: 'other-key' }>
  | Extract<AdminRefusal, { readonly kind: 'unavailable' }>;

/** What revoking a key at its vendor came to. */
export interface RevokedAtVendor extends WriteResult {
  /**
   * `already-inactive`: the vendor's list showed it so before anything was done. `not-found`: it has no such key, which
   * says nothing of the leak. `not-revocable`: the vendor has another way for this key. `unavailable`: there was no
   * answer that says what became of it.
   */
  readonly outcome: Answered['kind'];
  /** How the vendor's list shows the key afterwards; null where nothing was asked of it. */
  readonly listShows: Revoked['listShows'] | null;
  /** Null where it can't be undone, or was not done. `until` is null where it can be at any time. */
  readonly undo: Revoked['undo'];
  /** What to do instead, for `not-revocable`. */
  readonly instead: string | null;
  /** Why there is no answer, for `unavailable`. */
  readonly reason: string | null;
  /** What the vendor said of the key itself before its list was believed; null where it was not asked, or late. */
  readonly killCheckSays: KillCheckSays | null;
  /** This very list showed the key dead. */
  readonly deadByList: boolean;
  /** The vendor has shown that the key is dead, now or before. */
  readonly dead: boolean;
  /** False when nothing was recorded. */
  readonly changed: boolean;
}

const REVOKE: MembersOf<RevokeAtVendorRequest> = {
  keyId: true,
  caseId: true,
  place: true,
  vendorKeyId: true,
};

/** The list shows the very key as one that nobody can use. */
const isShownRevoked = (outcome: Answered): boolean => {
  if (outcome.kind === 'already-inactive') return outcome.fits === 'hint';
  if (outcome.kind !== 'revoked') return false;
  const { fits, listShows } = outcome;
  return fits === 'hint' && (listShows === 'inactive' || listShows === 'absent');
};

const told = (
  outcome: Answered,
): Pick<RevokedAtVendor, 'outcome' | 'listShows' | 'undo' | 'instead' | 'reason'> => {
  const nothing = { outcome: outcome.kind, listShows: null, undo: null, instead: null, reason: null };
  switch (outcome.kind) {
    case 'revoked':
      return { ...nothing, listShows: outcome.listShows, undo: outcome.undo };
    case 'already-inactive':
      return { ...nothing, listShows: 'inactive' };
    case 'not-found':
      return { ...nothing, listShows: 'absent' };
    case 'not-revocable':
      return { ...nothing, instead: outcome.instead };
    case 'unavailable':
      return { ...nothing, reason: outcome.reason };
  }
};

export const makeRevokeAtVendor = (parts: ShownDeadParts) => {
  const { clock, handler, log, vault } = parts;
  const shownDead = makeShownDead(parts);

  /** `undo` is undefined of a key that was revoked elsewhere: how, and when, nobody told. */
  const recordRevocation = (
    { asked, caseId, key: { keyId } }: KeyAtVendor,
    undo: Revoked['undo'] | undefined,
  ) =>
    handler.handle(
      nextOf(asked, clock(), {
        type: 'RecordRevocation',
        keyId,
        caseId,
        how: 'vendor-api',
        revokedBy: null,
        revokedAt: clock(),
        undo: undo === undefined ? 'unknown' : undo === null ? 'no' : 'yes',
        undoUntil: undo?.until ?? null,
      }),
    );

  const revoked = async (
    at: KeyAtVendor,
    credential: Secret,
    { id, place }: { readonly id: string; readonly place: string | null },
  ): Promise<E.Either<Failure, RevokedAtVendor>> => {
    const { asked, key, signal, vendorAdmin } = at;
    const startedAt = clock();
    const filter = { last4: key.last4, onFileSince: key.addedAt };
    const { outcome, evidence } = await credential.use((bytes) =>
      vendorAdmin.revoke(bytes, { vendor: key.vendor, place }, id, filter, signal)(),
    );
    switch (outcome.kind) {
      case 'no-admin-api':
      case 'credential-unfit':
      case 'target-unfit':
      case 'admin-credential-refused':
      case 'not-permitted':
        return E.left(refusalAtVendor(at, outcome));
      case 'other-key':
        return E.left(vendorKeyUnfit(at.vendorName, key));
      default:
    }
    const { actor, workspaceId } = asked;
    log.info(
      { actor, workspaceId, keyId: key.keyId, vendor: key.vendor, code: outcome.kind },
      'a vendor was asked to revoke a key',
    );
    const known = at.keyring.leaks.get(key.keyId)?.revoked ?? null;
    let revocation: Handled | null = null;
    if (outcome.kind === 'revoked' || (outcome.kind === 'already-inactive' && known === null)) {
      const recorded = await recordRevocation(at, outcome.kind === 'revoked' ? outcome.undo : undefined)();
      if (E.isLeft(recorded)) return recorded;
      revocation = recorded.right;
    }
    const { keyring } = revocation ?? at;
    const shown = isShownRevoked(outcome)
      ? await shownDead(at, credential, id, { evidence, startedAt }, { keyring })
      : E.right(NOT_SHOWN);
    if (E.isLeft(shown)) return shown;
    const { check, recorded } = shown.right;
    const isDead = ({ leaks }: Keyring): boolean => leaks.get(key.keyId)?.checks.dead ?? false;
    const last = recorded ?? revocation;
    const written =
      last === null ? { keyringRevision: keyring.revision, position: null } : writeResultOf(last);
    return E.right({
      ...told(outcome),
      killCheckSays: check?.says ?? null,
      deadByList:
        recorded?.events.some(({ event }) => event.type === 'KeyKillChecked' && event.data.counts) ?? false,
      dead: recorded === null && check !== null ? check.dead : isDead(recorded?.keyring ?? keyring),
      changed: check !== null || [revocation, recorded].some((one) => one !== null && one.events.length > 0),
      ...(recorded === null && check !== null
        ? { keyringRevision: check.keyringRevision, position: check.position }
        : written),
    });
  };

  return {
    /**
     * Revokes a reported key at its vendor, as the vendor's list names it, and records that. The key is dead by that
     * list only where it shows the key revoked by its hint, no other key there that may be it still works, and the
     * vendor refuses the key itself, as long as it is on file.
     *
     * Refuses as `findAtVendor` does, and `vendor-key-unfit`. Faults: those of the store, after which the key may be
     * revoked all the same: a kill check tells.
     *
     * @param credential - read, and never wiped: it stays the caller's
     */
    revokeAtVendor: (
      context: CallContext,
      given: RevokeAtVendorRequest,
      credential: Secret,
    ): TaskEither<Failure, RevokedAtVendor> =>
      withRequest(given, REVOKE, (request) =>
        pipe(
          keyAtVendor(parts, context, request),
          TE.chain((at) => async () => {
            const named = keyNamedAtVendor(vault, at, credential, request);
            return E.isLeft(named) ? named : revoked(at, credential, named.right);
          }),
        ),
      ),
  };
};
