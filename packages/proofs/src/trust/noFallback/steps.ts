import fc from 'fast-check';
import { faults, type Fault } from './fault';

export const VENDORS = ['anthropic', 'openai'] as const;

/** The same names in every workspace: a name tells nothing of whose it is. */
const PROJECTS = ['site', 'docs'] as const;

/** How the vendor takes a key: a key that it answers with garbage stays pending, one that it rejects fails. */
export type Mood = 'valid' | 'garbage' | 'rejected';

/** Keys, runs and workspaces by number; counted round when there are fewer. */
export type AskedChoice =
  | { readonly kind: 'default' }
  | { readonly kind: 'vendor'; readonly vendor: string }
  | { readonly kind: 'key' | 'key-of-another-workspace'; readonly key: number }
  | { readonly kind: 'key-never-added' };

export interface AskedRun {
  readonly project: string | null;
  readonly choice: AskedChoice;
}

/** Changes a keyring, with nothing broken. */
export type Move =
  | { readonly kind: 'add'; readonly vendor: string; readonly mood: Mood }
  | { readonly kind: 'set-default'; readonly project: string | null; readonly key: number }
  | { readonly kind: 'clear-project-default'; readonly project: string }
  | { readonly kind: 'fail'; readonly key: number }
  /** The Default fails, of a project or of the workspace: what a fallback would be tempted by. */
  | { readonly kind: 'fail-default'; readonly project: string | null }
  | { readonly kind: 'delete' | 'hard-delete'; readonly key: number; readonly successor: number | null }
  | { readonly kind: 'start'; readonly run: number; readonly asked: AskedRun }
  | { readonly kind: 'finish'; readonly run: number };

/** A call that asks for a secret. */
export type SecretRequest =
  | { readonly kind: 'start'; readonly asked: AskedRun }
  /** Under the id of a run that is open, with what it was started with or with another request. */
  | { readonly kind: 'start-again'; readonly run: number; readonly otherwise: AskedRun | null }
  | { readonly kind: 'resume'; readonly run: number }
  | { readonly kind: 'validate'; readonly choice: AskedChoice };

export type Step = { readonly workspace: number; readonly service: 0 | 1 } & (
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'ask'; readonly request: SecretRequest; readonly fault: Fault }
);

export interface Script {
  /** What is done in each workspace at first, at the same time in all. */
  readonly begin: ReadonlyArray<ReadonlyArray<Move>>;
  readonly steps: ReadonlyArray<Step>;
}

const nth = fc.nat(5);
const run = fc.nat(2);
const vendor = fc.constantFrom(...VENDORS);
const project = fc.option(fc.constantFrom(...PROJECTS), { nil: null, freq: 4 });
const keyChoice: fc.Arbitrary<AskedChoice> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('key' as const), key: nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('key-of-another-workspace' as const), key: nth }) },
  { weight: 1, arbitrary: fc.constant<AskedChoice>({ kind: 'key-never-added' }) },
);
const asked: fc.Arbitrary<AskedRun> = fc.record({
  project,
  choice: fc.oneof(
    { weight: 6, arbitrary: fc.constant<AskedChoice>({ kind: 'default' }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('vendor' as const), vendor }) },
    { weight: 4, arbitrary: keyChoice },
  ),
});

const leaving = fc.record({
  kind: fc.constantFrom('delete' as const, 'hard-delete' as const),
  key: nth,
  successor: fc.option(nth, { nil: null }),
});
const adding = (...moods: ReadonlyArray<Mood>): fc.Arbitrary<Move> =>
  fc.record({ kind: fc.constant('add' as const), vendor, mood: fc.constantFrom(...moods) });
const defaulting = fc.record({ kind: fc.constant('set-default' as const), project, key: nth });
const starting = fc.record({ kind: fc.constant('start' as const), run, asked });

const failing = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), key: nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail-default' as const), project }) },
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: adding('valid', 'valid', 'garbage', 'rejected') },
  { weight: 5, arbitrary: defaulting },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clear-project-default' as const),
      project: fc.constantFrom(...PROJECTS),
    }),
  },
  { weight: 3, arbitrary: failing },
  { weight: 2, arbitrary: leaving },
  { weight: 5, arbitrary: starting },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('finish' as const), run }) },
);

const secretRequests: fc.Arbitrary<SecretRequest> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('start' as const), asked }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('start-again' as const),
      run,
      otherwise: fc.option(asked, { nil: null }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('resume' as const), run }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('validate' as const), choice: keyChoice }) },
);

const where = { workspace: fc.nat(2), service: fc.constantFrom<0 | 1>(0, 1) };
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ ...where, kind: fc.constant('move' as const), move: moves }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...where,
      kind: fc.constant('ask' as const),
      request: secretRequests,
      fault: faults,
    }),
  },
);

const begin: fc.Arbitrary<ReadonlyArray<Move>> = fc
  .tuple(
    fc.array(adding('valid', 'valid', 'valid', 'valid', 'garbage', 'rejected'), {
      minLength: 2,
      maxLength: 4,
    }),
    fc.array(defaulting, { minLength: 1, maxLength: 4 }),
    fc.array(starting, { minLength: 1, maxLength: 3 }),
    fc.array(failing, { maxLength: 2 }),
  )
  .map((parts) => parts.flat());

/**
 * Three workspaces, then moves and cases in any of them. Small ones are no likelier than others: what is rare takes
 * time.
 */
export const scripts: fc.Arbitrary<Script> = fc.noBias(
  fc.record({
    begin: fc.tuple(begin, begin, begin),
    steps: fc.array(steps, { minLength: 1, maxLength: 60, size: 'max' }),
  }),
);
