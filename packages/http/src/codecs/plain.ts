import type * as t from 'io-ts';

/** A door's type as JSON has it: an id is a text like any other there. */
export type Plain<A> =
  A extends t.Brand<unknown>
    ? string
    : A extends ReadonlyArray<infer E>
      ? ReadonlyArray<Plain<E>>
      : A extends object
        ? { readonly [K in keyof A]: Plain<A[K]> }
        : A;
