import type { Budget, Findings, TrustCheck } from '../check';
import { thatBelievesStatuses, thatTakesAnyAnswer, type FaultyProber } from '../faulty/probers';
import { openWorld, type Tried } from './world';

/** So many are tried between two looks at the clock. */
const ROUND = { known: 60, unknown: 20, nearMiss: 20 };

const violationsOf = ({ name, result: { verdict, evidence, attempts } }: Tried): ReadonlyArray<string> => [
  ...(verdict.kind === 'inconclusive'
    ? []
    : [`${name}: "${verdict.kind === 'failed' ? verdict.reason : 'accepted'}" was said of the key.`]),
  ...(attempts === 0 ? [`${name}: nothing was sent, and this shows nothing.`] : []),
  ...(evidence.requestId?.startsWith('zz_') === true ? [`${name}: an id that is none was kept.`] : []),
];

/** Every known answer in the place of every vendor once, as far as time allows; others beside it, for as long. */
const check = async ({ until, seed, progress }: Budget, faulty: FaultyProber): Promise<Findings> => {
  const world = await openWorld(seed, faulty);
  const figures = { 'answers of strangers': 0, 'unknown answers': 0, 'near misses': 0 };
  const violations: string[] = [];
  try {
    const tryNext = async (count: number, next: () => Promise<Tried>): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const tried = await next();
        figures[tried.what] += 1;
        violations.push(...violationsOf(tried));
      }
    };
    do {
      const left = world.known - figures['answers of strangers'];
      await tryNext(Math.min(left, ROUND.known), world.nextKnown);
      await tryNext(ROUND.unknown, world.unknown);
      await tryNext(ROUND.nearMiss, world.nearMiss);
      progress(figures);
    } while (violations.length === 0 && Date.now() < until);
  } finally {
    await world.close();
  }
  return { figures, violations };
};

export const strangers: TrustCheck = {
  name: 'strangers',
  promise: 'Only the vendor’s own word decides on a key: what somebody else answers never counts against it.',
  run: (budget) => check(budget, (prober) => prober),
  faulty: [
    {
      name: 'a prober that takes a status for the vendor’s word',
      seen: /"(rejected|restricted)" was said of the key/,
      run: (budget) => check(budget, thatBelievesStatuses),
    },
    {
      name: 'a prober that takes any answer with 200 for a yes',
      seen: /"accepted" was said of the key/,
      run: (budget) => check(budget, thatTakesAnyAnswer),
    },
  ],
};
