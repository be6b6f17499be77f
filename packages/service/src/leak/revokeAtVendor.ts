import {
  invalidInput,
  looksLikeVendorKey,
  vendorKeyUnfit,
  type Keyring,
  type Refusal,
} from '@keyturn/domain';
import type {
  AdminEvidence,
  AdminRefusal,
  FindKeysOutcome,
  RevokeOutcome,
  VendorKey,
} from '@keyturn/vendors';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withRequest } from '../commanding';
import type { CommandHandler, Handled } from '../commandHandler';
import type { CallContext } from '../context';
import type { Failure } from '../failure';
import { textGiven, type MembersOf } from '../given';
import { nextOf } from '../systemCommand';
import { writeResultOf, type WriteResult } from '../writeResult';
import { keyAtVendor, refusalAtVendor, type AtVendorParts, type KeyAtVendor } from './atVendor';
import type { RevokeAtVendorRequest } from './leakRequests';

type Revoked = Extract<RevokeOutcome, { kind: 'revoked' }>;
/** What the vendor answered, be it that nobody can tell what became of the call. */
type Answered =
  Exclude<RevokeOutcome, AdminRefusal> | Extract<AdminRefusal, { readonly kind: 'unavailable' }>;

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
  /** The vendor has shown that the key is dead. */
  readonly dead: boolean;
  /** False when nothing was recorded. */
  readonly changed: boolean;
}

interface RevokeParts extends AtVendorParts {
  readonly handler: Pick<CommandHandler, 'handle'>;
}

const REVOKE: MembersOf<RevokeAtVendorRequest> = {
  keyId: true,
  caseId: true,
  place: true,
  vendorKeyId: true,
};

const KEY_ID_RULE = "the key's id, as the vendor's list names it";

/** What is named at the vendor stands in an address there: a key that was pasted in its place must not. */
const namedAtVendor = ({
  vendorKeyId,
  place,
}: RevokeAtVendorRequest): E.Either<Refusal, { readonly id: string; readonly place: string | null }> => {
  const id = textGiven('vendorKeyId', vendorKeyId);
  if (E.isLeft(id)) return id;
  const named = textGiven('place', place);
  if (E.isLeft(named)) return named;
  return id.right === null || looksLikeVendorKey(id.right)
    ? E.left(invalidInput('vendorKeyId', KEY_ID_RULE))
    : E.right({ id: id.right, place: named.right });
};

/** Where a key is listed, by its id there; null where that does not tell. */
const placeIn = (id: string): string | null => (id.includes('/') ? (id.split('/')[0] ?? null) : null);

/** The list shows the key as one that nobody can use. */
const isShownRevoked = (outcome: Answered): boolean =>
  outcome.kind === 'already-inactive' ||
  (outcome.kind === 'revoked' && (outcome.listShows === 'inactive' || outcome.listShows === 'absent'));

/** Whether no key of a list that may be the one still works, but for the one that was just revoked. */
const noneWorks = (keys: ReadonlyArray<VendorKey>, revoked: string): boolean =>
  keys.every(({ vendorKeyId, status }) => vendorKeyId === revoked || status === 'inactive');

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

export const makeRevokeAtVendor = (parts: RevokeParts) => {
  const { clock, handler, log } = parts;

  const recordRevocation = ({ asked, caseId, key: { keyId } }: KeyAtVendor, { undo }: Revoked) =>
    handler.handle(
      nextOf(asked, clock(), {
        type: 'RecordRevocation',
        keyId,
        caseId,
        how: 'vendor-api',
        revokedBy: null,
        revokedAt: clock(),
        undo: undo === null ? 'no' : 'yes',
        undoUntil: undo?.until ?? null,
      }),
    );

  const recordDead = (
    { asked, caseId, key: { keyId } }: KeyAtVendor,
    { status, code, calls, endpointOverride }: AdminEvidence,
    startedAt: number,
  ) =>
    handler.handle(
      nextOf(asked, clock(), {
        type: 'RecordKillCheck',
        keyId,
        caseId,
        says: 'dead',
        via: 'vendor-list',
        checkedAt: clock(),
        attempts: calls,
        control: 'none',
        evidence: {
          status,
          code,
          requestId: null,
          latencyMs: Math.max(0, Math.round(clock() - startedAt)),
          ...(endpointOverride === undefined ? {} : { endpointOverride }),
        },
      }),
    );

  /** The keys of the vendor's list that may be the one: of a place, or of all of them. */
  const listed = async (
    { key, signal, vendorAdmin }: KeyAtVendor,
    credential: Secret,
    place: string | null,
  ): Promise<FindKeysOutcome> => {
    const filter = { last4: key.last4, onFileSince: key.addedAt };
    const { outcome } = await credential.use((bytes) =>
      vendorAdmin.findKeys(bytes, { vendor: key.vendor, place }, filter, signal)(),
    );
    return outcome;
  };

  /** The key as the vendor lists it now; null where no list can be had, which holds up no revocation. */
  const knownAs = async (
    at: KeyAtVendor,
    credential: Secret,
    id: string,
    place: string | null,
  ): Promise<E.Either<Refusal, VendorKey | null>> => {
    const before = await listed(at, credential, placeIn(id) ?? place);
    if (before.kind === 'unavailable') return E.right(null);
    if (before.kind !== 'found') return E.left(refusalAtVendor(at, before));
    const known = before.keys.find(({ vendorKeyId }) => vendorKeyId === id);
    return known === undefined ? E.left(vendorKeyUnfit(at.vendorName, at.key)) : E.right(known);
  };

  const revoked = async (
    at: KeyAtVendor,
    credential: Secret,
    { id, place }: { readonly id: string; readonly place: string | null },
  ): Promise<E.Either<Failure, RevokedAtVendor>> => {
    const known = await knownAs(at, credential, id, place);
    if (E.isLeft(known)) return known;
    const { asked, key, signal, vendorAdmin } = at;
    const startedAt = clock();
    const { outcome, evidence } = await credential.use((bytes) =>
      vendorAdmin.revoke(bytes, { vendor: key.vendor, place }, id, signal)(),
    );
    switch (outcome.kind) {
      case 'no-admin-api':
      case 'credential-unfit':
      case 'target-unfit':
      case 'admin-credential-refused':
      case 'not-permitted':
        return E.left(refusalAtVendor(at, outcome));
      default:
    }
    const { actor, workspaceId } = asked;
    log.info(
      { actor, workspaceId, keyId: key.keyId, vendor: key.vendor, code: outcome.kind },
      'a vendor was asked to revoke a key',
    );
    const writes: Handled[] = [];
    if (outcome.kind === 'revoked') {
      const recorded = await recordRevocation(at, outcome)();
      if (E.isLeft(recorded)) return recorded;
      writes.push(recorded.right);
    }
    if (isShownRevoked(outcome) && known.right?.fits === 'hint') {
      // Of all places: what a person named may be another key, and then the one that leaked may be elsewhere.
      const after = await listed(at, credential, null);
      if (after.kind === 'found' && noneWorks(after.keys, id)) {
        const recorded = await recordDead(at, evidence, startedAt)();
        if (E.isLeft(recorded)) return recorded;
        writes.push(recorded.right);
      }
    }
    const last = writes.at(-1);
    const keyring: Keyring = last?.keyring ?? at.keyring;
    return E.right({
      ...told(outcome),
      dead: keyring.leaks.get(key.keyId)?.checks.dead ?? false,
      changed: writes.some(({ events }) => events.length > 0),
      ...(last === undefined ? { keyringRevision: keyring.revision, position: null } : writeResultOf(last)),
    });
  };

  return {
    /**
     * Revokes a reported key at its vendor, as the vendor's list names it, and records that. The key is dead by that
     * list only where it shows the key revoked by its hint, and no other key there that may be it still works.
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
            const named = namedAtVendor(request);
            return E.isLeft(named) ? named : revoked(at, credential, named.right);
          }),
        ),
      ),
  };
};
