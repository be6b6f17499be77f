import type { CallContext, Failure, Keyturn as Service, VendorRevocation } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { ActParts } from './act';
import { callContext, type ActContext } from './context';
import { pastedSecret } from './finding/pastedSecret';
import type { FoundAtVendor, RevokedAtVendor, UsageAtVendor } from './atVendorResults';
import { plain } from './results';
import { guarded, settled } from './settle';
import type { FindAtVendorInput, OfLeakCase, RevokeAtVendorInput, UsageAtVendorInput } from './supportInputs';

interface Signalled {
  readonly signal?: AbortSignal;
}

/**
 * Revokes reported keys through their vendors' own calls. The admin credential is the customer's own: it is read for
 * one call, wiped, and kept nowhere; bytes stay yours to wipe. An actor of kind `support` is refused
 * (`admin-credential-from-support`): whoever gets used to sending such a credential sends it to a thief. The hook is
 * asked for `RevokeAtVendor`.
 */
export interface AtVendor {
  /**
   * What it takes: the credential in words, the page that it is made on, whether a revocation can be undone. Nothing is
   * sent, and who would be refused is told before a credential is asked for.
   *
   * Refuses `admin-credential-from-support`, `unknown-key`, `leak-not-reported`, `no-admin-api`.
   *
   * @example
   * const { credential, credentialPage } = await keyturn.support.atVendor.how(ctx, { keyId, caseId: 'SEC/1042' });
   */
  readonly how: (ctx: ActContext, input: OfLeakCase, options?: Signalled) => Promise<VendorRevocation>;
  /**
   * The keys of the vendor's own list that may be this one, the likeliest first. A list shows no more than a hint:
   * `fits` is `unknown` where that tells nothing, and a person has to. Nothing is changed there.
   *
   * Refuses as `how` does, and `admin-credential-unfit` for a plain key (where the forms are alike, for one of this
   * workspace), `admin-credential-refused`, `admin-credential-not-permitted`, `vendor-unavailable`, `invalid-input`.
   *
   * @example
   * const { keys } = await keyturn.support.atVendor.find(ctx, { keyId, caseId: 'SEC/1042', adminCredential });
   */
  readonly find: (ctx: ActContext, input: FindAtVendorInput, options?: Signalled) => Promise<FoundAtVendor>;
  /**
   * What the vendor itself counted of the key in a window, to be laid beside our pins: `csv` is what `exposure` takes.
   * Changes nothing there, and records nothing. Which vendors tell it, `usage` of `how` says.
   *
   * Refuses as `find` does.
   *
   * @example
   * const window = { from: Date.UTC(2026, 10, 1), to: Date.now() };
   * const { csv } = await keyturn.support.atVendor.usage(ctx, {
   *   ...{ keyId, caseId: 'SEC/1042', adminCredential, vendorKeyId: 'apikey_01Rj2N8SVvo6BePZj99NhmiT' },
   *   ...window,
   * });
   * const usage = csv === null ? {} : { usage: new TextEncoder().encode(csv) };
   * await keyturn.support.exposure(ctx, { keyId, since: window.from, until: window.to, ...usage });
   */
  readonly usage: (ctx: ActContext, input: UsageAtVendorInput, options?: Signalled) => Promise<UsageAtVendor>;
  /**
   * Revokes the key that the vendor's list names so, once a person has seen it there, and records that; also of one
   * that the list shows revoked before. The key is `deadByList` only where the list shows this very key revoked, none
   * there that may be it still works, and the vendor refuses the key itself: as long as it is on file it is asked once
   * more, for which the hook is asked for `RecordKillCheck`.
   *
   * Refuses as `find` does, and `vendor-key-unfit` where the list shows that it is another key.
   *
   * @example
   * const of = { keyId, caseId: 'SEC/1042' };
   * const { outcome, listShows, deadByList } = await keyturn.support.atVendor.revoke(ctx, {
   *   ...of,
   *   adminCredential,
   *   vendorKeyId: 'apikey_01Rj2N8SVvo6BePZj99NhmiT',
   * });
   */
  readonly revoke: (
    ctx: ActContext,
    input: RevokeAtVendorInput,
    options?: Signalled,
  ) => Promise<RevokedAtVendor>;
}

const A_CREDENTIAL = { field: 'adminCredential', rule: 'a whole admin credential, and nothing else' };

type UseCase<Request, Result> = (
  context: CallContext,
  request: Request,
  credential: Secret,
) => TaskEither<Failure, Result>;

export const makeAtVendor = (
  service: Pick<Service, 'vendorRevocation' | 'findAtVendor' | 'revokeAtVendor' | 'usageAtVendor'>,
  { lifecycle, ownWrites, refuseWrites, explained }: ActParts,
): AtVendor => {
  const { vendorRevocation, findAtVendor, revokeAtVendor, usageAtVendor } = service;

  const asked = <A>(work: () => Promise<A>): Promise<A> =>
    guarded(() =>
      lifecycle.run(async () => {
        try {
          return await work();
        } catch (error) {
          throw await explained(error);
        }
      }),
    );

  const withCredential = async <Request, Result>(
    useCase: UseCase<Request, Result>,
    context: CallContext,
    request: Request,
    adminCredential: string | Uint8Array,
  ): Promise<Result> => {
    const credential = pastedSecret(adminCredential, A_CREDENTIAL);
    try {
      return await settled(useCase(context, request, credential));
    } finally {
      credential.wipe();
    }
  };

  return {
    how: (ctx, input, options = {}) =>
      asked(() => settled(vendorRevocation(callContext(ctx, options), input))),
    find: (ctx, { adminCredential, ...request }, options = {}) =>
      asked(() => withCredential(findAtVendor, callContext(ctx, options), request, adminCredential)),
    usage: (ctx, { adminCredential, ...request }, options = {}) =>
      asked(() => withCredential(usageAtVendor, callContext(ctx, options), request, adminCredential)),
    revoke: (ctx, { adminCredential, ...request }, options = {}) =>
      asked(async () => {
        refuseWrites();
        const context = callContext(ctx, options);
        try {
          const revoked = await withCredential(revokeAtVendor, context, request, adminCredential);
          if (revoked.position === null) ownWrites.doubt();
          else ownWrites.note(revoked.position);
          return plain(revoked);
        } catch (error) {
          ownWrites.doubt();
          throw error;
        }
      }),
  };
};
