import fc from 'fast-check';

/** What goes wrong with a server of three nodes. Counts are of calls that go well before. */
export type Fault =
  | {
      readonly kind: 'cut-before-commit' | 'cut-after-commit' | 'time-out' | 'turn-away' | 'cut-read';
      readonly after: number;
    }
  | { readonly kind: 'cut-connections' | 'restart' | 'away' }
  | { readonly kind: 'leader'; readonly node: number };

/** What one of two services is asked for, in one of two workspaces. Keys are numbered as they came on file. */
export type Step = {
  readonly service: number;
  readonly workspace: number;
} & (
  | { readonly kind: 'add'; readonly vendor: 'anthropic' | 'openai' }
  | { readonly kind: 'default' | 'delete' | 'hard-delete'; readonly key: number; readonly successor: number }
  | { readonly kind: 'start' | 'start-with-secret' | 'finish'; readonly run: number }
);

/** Steps that are taken at once, and what goes wrong meanwhile. */
export interface Turn {
  readonly faults: ReadonlyArray<Fault>;
  readonly steps: ReadonlyArray<Step>;
}

const faults: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'cut-before-commit' as const,
        'cut-after-commit' as const,
        'time-out' as const,
        'turn-away' as const,
        'cut-read' as const,
      ),
      after: fc.nat(3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('cut-connections' as const, 'restart' as const, 'away' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leader' as const), node: fc.nat(2) }) },
);

const who = { service: fc.nat(1), workspace: fc.nat(1) };
const nth = fc.nat(3);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...who,
      kind: fc.constant('add' as const),
      vendor: fc.constantFrom('anthropic' as const, 'openai' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...who,
      kind: fc.constantFrom('default' as const, 'delete' as const, 'hard-delete' as const),
      key: nth,
      successor: nth,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...who,
      kind: fc.constantFrom('start' as const, 'start-with-secret' as const, 'finish' as const),
      run: nth,
    }),
  },
);

const begin: ReadonlyArray<Step> = [0, 1].map((workspace) => ({
  kind: 'add',
  service: 0,
  workspace,
  vendor: 'anthropic',
}));

export const schedules: fc.Arbitrary<ReadonlyArray<Turn>> = fc
  .array(
    fc.record({
      faults: fc.array(faults, { maxLength: 2 }),
      steps: fc.array(steps, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((turns) => [{ faults: [], steps: begin }, ...turns]);
