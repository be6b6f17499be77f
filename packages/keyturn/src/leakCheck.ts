import type { CallContext, Failure, LeakCheck } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { ActParts } from './act';
import { callContext, type ActContext } from './context';
import { pastedSecret } from './finding/pastedSecret';
import { plain, type LeakChecked } from './results';
import { guarded, settled } from './settle';
import type { OfLeakCase } from './supportInputs';

export interface CheckLeakInput extends OfLeakCase {
  /** The key itself, where its secret is destroyed here. */
  readonly pasted?: string | Uint8Array;
}

export type CheckLeak = (
  ctx: ActContext,
  input: CheckLeakInput,
  options?: { readonly signal?: AbortSignal },
) => Promise<LeakChecked>;

type UseCase = (
  context: CallContext,
  request: OfLeakCase,
  secret: Secret | null,
) => TaskEither<Failure, LeakCheck>;

export const makeCheckLeak = (
  checkLeak: UseCase,
  { lifecycle, ownWrites, refuseWrites, explained }: ActParts,
): CheckLeak => {
  const checked = async (
    context: CallContext,
    request: OfLeakCase,
    secret: Secret | null,
  ): Promise<LeakChecked> => {
    try {
      const result = await settled(checkLeak(context, request, secret));
      if (result.position === null) ownWrites.doubt();
      else ownWrites.note(result.position);
      return plain(result);
    } catch (error) {
      ownWrites.doubt();
      throw await explained(error);
    } finally {
      secret?.wipe();
    }
  };

  return (ctx, { pasted, ...request }, options = {}) =>
    guarded(() =>
      lifecycle.run(async () => {
        refuseWrites();
        const context = callContext(ctx, options);
        return checked(context, request, pasted === undefined ? null : pastedSecret(pasted));
      }),
    );
};
