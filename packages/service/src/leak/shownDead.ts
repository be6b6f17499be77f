import { isListed } from '@keyturn/domain';
import type { AdminEvidence, VendorKey } from '@keyturn/vendors';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { ImpliedEffect } from '../authorization';
import { askedFor } from '../commanding';
import type { CommandHandler, Handled } from '../commandHandler';
import type { Failure } from '../failure';
import { nextOf } from '../systemCommand';
import type { AtVendorParts, KeyAtVendor } from './atVendor';
import type { CheckInPassing } from './checkInPassing';
import type { LeakCheck } from './killCheck';

export interface ShownDeadParts extends AtVendorParts {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly checkInPassing: CheckInPassing;
}

/** What came of asking whether the list, which shows a key revoked, shows the leaked one dead. */
interface ShownDead {
  /** What the vendor said of the key itself; null where it was not asked, or said nothing in time. */
  readonly check: LeakCheck | null;
  /** Null where the list does not show it dead. */
  readonly recorded: Handled | null;
}

export const NOT_SHOWN: ShownDead = { check: null, recorded: null };

const EFFECTS: ReadonlyArray<ImpliedEffect> = ['secret-released', 'vendor-called'];

/** Whether no key of a list that may be the one still works, but for the one that was just revoked. */
const noneWorks = (keys: ReadonlyArray<VendorKey>, revoked: string): boolean =>
  keys.every(({ vendorKeyId, status }) => vendorKeyId === revoked || status === 'inactive');

/**
 * Whether the leaked key is dead by its vendor's list: none there that may be it still works, and the key itself, as
 * long as it is on file, is refused. Four characters of a hint may be those of another key.
 */
export const makeShownDead = (parts: ShownDeadParts) => {
  const { checkInPassing, clock, handler } = parts;

  const isListedDead = async (at: KeyAtVendor, credential: Secret, revoked: string): Promise<boolean> => {
    const { key, signal, vendorAdmin } = at;
    // Of all places and of any date: the one that leaked may be elsewhere, and the clock may have been behind.
    const target = { vendor: key.vendor, place: null };
    const filter = { last4: key.last4, onFileSince: null };
    const { outcome } = await credential.use((bytes) =>
      vendorAdmin.findKeys(bytes, target, filter, signal)(),
    );
    return outcome.kind === 'found' && noneWorks(outcome.keys, revoked);
  };

  /** What the vendor says of the key itself; null where the caller may not ask it, or where there is no answer. */
  const checked = async (
    at: KeyAtVendor,
    { keyring }: Pick<Handled, 'keyring'>,
  ): Promise<LeakCheck | null> => {
    const { asked, caseId, key, signal } = at;
    const { actor, workspaceId } = asked;
    const question = {
      action: 'RecordKillCheck',
      impliedEffects: EFFECTS,
      target: { keyId: key.keyId },
    } as const;
    const allowed = await askedFor(parts, { actor, workspaceId, ...question }, signal);
    return E.isLeft(allowed) ? null : checkInPassing({ asked, caseId, keyring, key, signal });
  };

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

  return async (
    at: KeyAtVendor,
    credential: Secret,
    revoked: string,
    { evidence, startedAt }: { readonly evidence: AdminEvidence; readonly startedAt: number },
    latest: Pick<Handled, 'keyring'>,
  ): Promise<E.Either<Failure, ShownDead>> => {
    if (!(await isListedDead(at, credential, revoked))) return E.right(NOT_SHOWN);
    const key = latest.keyring.keys.get(at.key.keyId);
    const isOnFile = key !== undefined && isListed(key);
    const check = isOnFile ? await checked(at, latest) : null;
    if (isOnFile && check?.says !== 'dead') return E.right({ check, recorded: null });
    const recorded = await recordDead(at, evidence, startedAt)();
    return E.isLeft(recorded) ? recorded : E.right({ check, recorded: recorded.right });
  };
};
