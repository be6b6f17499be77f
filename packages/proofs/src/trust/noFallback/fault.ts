import fc from 'fast-check';

/** What is wrong while a key is asked for. */
export type Fault =
  | { readonly kind: 'nothing' }
  /** The row of the key that is due, or a part of it, is not there. */
  | { readonly kind: 'row-missing'; readonly what: 'secret' | 'data-key' | 'both' | 'workspace-key' }
  | { readonly kind: 'bit-flipped'; readonly at: Flippable; readonly bit: number }
  /** It changed places with another row, of the same workspace or of another one. */
  | {
      readonly kind: 'swapped';
      readonly within: boolean;
      readonly partner: number;
      readonly what: 'secret' | 'data-key' | 'row' | 'row-as-logged' | 'all' | 'workspace-key';
    }
  | { readonly kind: 'frozen' }
  | {
      readonly kind: 'store';
      readonly how: 'appends-away' | 'reads-away' | 'unknown-before-commit' | 'unknown-after-commit';
      /** For one call, or for all of them. */
      readonly once: boolean;
    }
  | { readonly kind: 'vault-away'; readonly how: 'closed' | 'table-gone' }
  /** Another service hard-deletes the key that is due. */
  | {
      readonly kind: 'hard-delete';
      readonly when: 'before-append' | 'after-append' | 'before-confirm' | 'after-confirm' | 'together';
      /** It is in the log, and its row can't be destroyed yet. */
      readonly shredsLater: boolean;
      /** It is in the log, and the vault can't be told yet: nobody hears that it was done before that. */
      readonly witnessLater: boolean;
      readonly successor: number | null;
    };

type Flippable = 'secret' | 'data-key' | 'workspace-key' | 'secret-names' | 'data-key-names' | 'fingerprint';

export type RowFault = Extract<
  Fault,
  { readonly kind: 'row-missing' | 'bit-flipped' | 'swapped' | 'frozen' }
>;

export const isRowFault = (fault: Fault): fault is RowFault =>
  fault.kind === 'row-missing' ||
  fault.kind === 'bit-flipped' ||
  fault.kind === 'swapped' ||
  fault.kind === 'frozen';

const oneOf = <A extends string>(...names: ReadonlyArray<A>): fc.Arbitrary<A> => fc.constantFrom(...names);

export const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'nothing' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('row-missing' as const),
      what: oneOf('secret', 'data-key', 'both', 'workspace-key'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('bit-flipped' as const),
      at: oneOf('secret', 'data-key', 'workspace-key', 'secret-names', 'data-key-names', 'fingerprint'),
      bit: fc.nat(8 * 400 - 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('swapped' as const),
      within: fc.boolean(),
      partner: fc.nat(7),
      what: oneOf('secret', 'data-key', 'row', 'row-as-logged', 'all', 'workspace-key'),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'frozen' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      how: oneOf('appends-away', 'reads-away', 'unknown-before-commit', 'unknown-after-commit'),
      // A service sends again, and waits in between: for good takes long.
      once: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('vault-away' as const), how: oneOf('closed', 'table-gone') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('hard-delete' as const),
      when: oneOf('before-append', 'after-append', 'before-confirm', 'after-confirm', 'together'),
      shredsLater: fc.boolean(),
      witnessLater: fc.boolean(),
      successor: fc.option(fc.nat(7), { nil: null }),
    }),
  },
);
