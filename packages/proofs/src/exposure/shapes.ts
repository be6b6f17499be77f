import type { PlannedAct, Random } from './planned';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const WEEKS = 14;

/** How long a made history lasts, and how much of its end a report is about. */
export const HISTORY_MS = WEEKS * 7 * DAY;
export const WINDOW_MS = 14 * DAY;

/** Somebody's honest use of keys, from a time on that is the beginning of a Monday. */
export type Shape = (from: number, random: Random) => ReadonlyArray<PlannedAct>;

const days = Array.from({ length: WEEKS * 7 }, (_, day) => day);
const isWorkday = (day: number): boolean => day % 7 < 5;

interface Who {
  readonly actor: string;
  readonly origin?: string;
  readonly project?: string;
}

/** A run within two hours of a time, for up to an hour. */
const runAt = (at: number, random: Random, { actor, origin, project }: Who): PlannedAct => {
  const begun = Math.floor(at + random() * 2 * HOUR);
  const run = `run-${begun}-${Math.floor(random() * 1e6)}`;
  const minutes = 1 + Math.floor(random() * 59);
  return {
    at: begun,
    actor,
    origin: origin ?? null,
    does: { kind: 'run', run, project: project ?? null, minutes },
  };
};

const pick = <A>(all: readonly [A, ...ReadonlyArray<A>], random: Random): A =>
  all[Math.floor(random() * all.length)] ?? all[0];

const daily =
  (
    hours: ReadonlyArray<number>,
    isOn: (day: number) => boolean,
    who: (random: Random, day: number) => Who,
  ): Shape =>
  (from, random) =>
    days
      .filter(isOn)
      .flatMap((day) => hours.map((hour) => runAt(from + day * DAY + hour * HOUR, random, who(random, day))));

const always = (): boolean => true;

const rotating: Shape = (from, random) => [
  ...daily([1, 13], always, () => ({ actor: 'service:compiler', origin: 'host-1' }))(from, random),
  ...[1, 2, 3].flatMap((month): ReadonlyArray<PlannedAct> => {
    const at = from + month * 28 * DAY + 10 * HOUR;
    const key = `key-${month + 1}`;
    return [
      { at, actor: 'user:ada', origin: 'host-2', does: { kind: 'add', key } },
      { at: at + HOUR, actor: 'user:ada', origin: 'host-2', does: { kind: 'set-default', key } },
    ];
  }),
];

/** Ten shapes of use. The last is honest, and looks as a thief may: somebody is new now and then. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'a nightly batch': daily([2], always, () => ({ actor: 'service:batch', project: 'nightly' })),
  'office hours': daily([9, 11, 14], isWorkday, (random) => ({
    actor: pick(['user:ada', 'user:bob', 'user:carol'], random),
    project: pick(['web', 'docs'], random),
  })),
  'one person': daily(
    [19],
    (day) => day % 3 === 0,
    () => ({ actor: 'user:ada', origin: 'laptop' }),
  ),
  'many projects': daily([3, 9, 15, 21], always, (random) => ({
    actor: 'service:compiler',
    project: `project-${Math.floor(random() * 8)}`,
  })),
  'a rotation every month': rotating,
  'several hosts': daily([0, 6, 12, 18], always, (random) => ({
    actor: pick(['service:blue', 'service:green'], random),
    origin: pick(['host-1', 'host-2', 'host-3'], random),
  })),
  'weekends alone': daily(
    [10, 16],
    (day) => !isWorkday(day),
    () => ({ actor: 'user:ada', project: 'hobby' }),
  ),
  'a build for each change': daily([8, 9, 10, 11, 13, 14, 15, 16], isWorkday, () => ({
    actor: 'service:ci',
    origin: 'runner',
    project: 'monorepo',
  })),
  'people and services': daily([4, 10, 15], always, (random) => ({
    actor: pick(['service:batch', 'service:compiler', 'user:ada'], random),
    origin: pick(['host-1', 'laptop'], random),
    project: pick(['web', 'docs', 'api'], random),
  })),
  'a team that grows': (from, random) => {
    const joins = Math.floor(random() * 60);
    return daily([9, 13], isWorkday, (more, day) => ({
      actor: more() < 0.7 ? 'user:ada' : `user:colleague-${Math.max(0, Math.floor((day - joins) / 60))}`,
      project: 'web',
    }))(from, random);
  },
};
