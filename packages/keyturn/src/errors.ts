import type { NextStep, Refusal } from '@keyturn/domain';
import { FAULTS, type FaultCode, type FaultPart, type FaultStep } from './faults';

/** Marks our errors across two copies of this package, such as one for `import` and one for `require`. */
const BRAND = Symbol.for('keyturn.error');

class BrandedError extends Error {
  readonly [BRAND] = true;
  override readonly name: string = 'KeyturnError';
}

/** What every error of Keyturn has. */
export interface ErrorFace extends Error {
  /** Whether the same call, sent again a little later, may succeed with nobody doing anything. */
  readonly retryable: boolean;
}

/**
 * A rule says no, and nothing has changed. `message` is a sentence that a person can act on; `code` narrows `facts`.
 */
export type KeyturnRefusal = ErrorFace &
  Refusal & { readonly kind: 'refusal'; readonly next: ReadonlyArray<NextStep> };

/** Something is broken or not set up. `message` says what to do; `cause` is what was met. */
export interface KeyturnFault extends ErrorFace {
  readonly kind: 'fault';
  readonly code: FaultCode;
  readonly facts: { readonly part: FaultPart };
  readonly next: ReadonlyArray<FaultStep>;
}

/**
 * What every promise of Keyturn rejects with: a union by `code`, so that `facts` narrows. It holds no secret, and
 * `JSON.stringify` of it gives `kind`, `code`, `message`, `facts`, `next` and `retryable`.
 *
 * @example
 * try {
 *   await keyturn.keys.setDefault(ctx, { keyId });
 * } catch (error) {
 *   if (!isKeyturnError(error)) throw error;
 *   if (error.kind === 'refusal' && error.code === 'key-not-active') show(error.message, error.facts.key.last4);
 *   else throw error;
 * }
 */
export type KeyturnError = KeyturnRefusal | KeyturnFault;

/** Whether something that was thrown is an error of Keyturn. */
export const isKeyturnError = (error: unknown): error is KeyturnError =>
  error instanceof Error && BRAND in error;

/** The same act may be taken a little later, as it is. */
const RETRYABLE_REFUSALS: ReadonlyArray<Refusal['code']> = ['rate-limited'];

const described = <F extends object>(face: F, cause: unknown): BrandedError & F => {
  const { message } = { message: '', ...face };
  const error = new BrandedError(message, cause === undefined ? undefined : { cause });
  // Not enumerable: what logs an error's members would tell everything twice.
  Object.defineProperty(error, 'toJSON', { value: () => face });
  return Object.assign(error, face);
};

/** The error of a refusal. */
export const refusalError = (refusal: Refusal): KeyturnRefusal =>
  described(
    {
      ...refusal,
      kind: 'refusal' as const,
      next: refusal.facts.next,
      retryable: RETRYABLE_REFUSALS.includes(refusal.code),
    },
    undefined,
  );

/** The error of a fault. */
export const faultError = (
  code: FaultCode,
  part: FaultPart,
  message: string,
  cause?: unknown,
): KeyturnFault =>
  described({ kind: 'fault' as const, code, message, facts: { part }, ...FAULTS[code] }, cause);
