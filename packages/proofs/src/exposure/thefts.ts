import type { PlannedAct, Random } from './planned';
import { FROM, SINCE, UNTIL } from './reporting';
import { DAY, HOUR, SHAPES } from './shapes';

/** A theft that is planted in an honest history. */
export interface Theft {
  readonly name: string;
  /** The rule that has to name it. */
  readonly rule: string;
  readonly acts: (random: Random) => ReadonlyArray<PlannedAct>;
  /** What the vendor counted, by what was done here. */
  readonly usage?: (acts: ReadonlyArray<PlannedAct>) => string;
}

const shaped = (name: keyof typeof SHAPES, random: Random): ReadonlyArray<PlannedAct> => {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`no such shape: ${name}`);
  return shape(FROM + HOUR, random);
};

const theft = (more: Partial<PlannedAct>, key?: string): PlannedAct => ({
  at: SINCE + 5 * DAY,
  actor: 'service:batch',
  origin: null,
  does: { kind: 'run', run: 'theirs', project: 'nightly', minutes: 3, ...(key === undefined ? {} : { key }) },
  ...more,
});

const planted =
  (shape: keyof typeof SHAPES, act: PlannedAct) =>
  (random: Random): ReadonlyArray<PlannedAct> => [...shaped(shape, random), act];

/** Use in the hour of a run of ours, and in one of a time of day at which none is. */
const usageInAndOutside = (acts: ReadonlyArray<PlannedAct>): string => {
  const row = (at: number): string =>
    `${new Date(at).toISOString()},${new Date(at + HOUR).toISOString()},40\n`;
  const run = acts.find(({ at }) => at > SINCE + DAY);
  const hour = Math.floor((run?.at ?? 0) / HOUR) * HOUR;
  return `start,end,requests\n${row(hour)}${row(hour + 9 * HOUR)}`;
};

export const THEFTS: ReadonlyArray<Theft> = [
  {
    name: 'an actor who is new',
    rule: 'first-actor',
    acts: planted('a nightly batch', theft({ actor: 'user:mallory' })),
  },
  {
    name: 'a host that is new',
    rule: 'first-origin',
    acts: planted('several hosts', theft({ actor: 'service:blue', origin: 'elsewhere' })),
  },
  {
    name: 'a project that is new',
    rule: 'first-project',
    acts: planted(
      'a nightly batch',
      theft({ does: { kind: 'run', run: 'theirs', project: 'theirs', minutes: 3 } }),
    ),
  },
  {
    name: 'a pin on the key after the Default has moved',
    rule: 'after-default-moved',
    acts: planted(
      'a rotation every month',
      theft({ actor: 'service:compiler', origin: 'host-1', at: UNTIL - DAY }, 'key-3'),
    ),
  },
  {
    name: 'a key that a new actor adds',
    rule: 'keyring-acts',
    acts: planted(
      'a nightly batch',
      theft({ actor: 'user:mallory', does: { kind: 'add', key: 'their-key' } }),
    ),
  },
  {
    name: 'use at the vendor outside our pins',
    rule: 'unexplained-at-vendor',
    acts: (random) => shaped('a nightly batch', random),
    usage: usageInAndOutside,
  },
];
