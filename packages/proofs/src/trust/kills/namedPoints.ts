import { Memory } from './memory';
import { newPlace } from './place';
import { writesOf } from './prepared';
import type { Random } from './random';
import type { Scenario } from './scenario';
import { MOMENTS, SCENARIOS } from './scenarios';
import type { Stage } from './stage';
import type { States, Strike } from './strike';

/** A place in the course of a command. */
interface NamedPoint {
  readonly scenario: Scenario;
  readonly at: Pick<Strike, 'write' | 'held'>;
  /** Such as `keys add: before events.sqlite: commit KeyAdded`. */
  readonly name: string;
}

/** Deals out the points of all commands, one command after the other, each point before any for the second time. */
export interface NamedPoints {
  readonly next: (stage: Stage, states: States) => Promise<NamedPoint>;
}

interface Course {
  readonly writes: ReadonlyArray<string>;
  /** Indices of the writes, in the order in which they are dealt. */
  readonly dealt: ReadonlyArray<number>;
  taken: number;
}

const APPEND = 'events.sqlite: commit ';
const CHECKPOINT = 'update projection_checkpoints';

/** Where one of two writes that belong together may be there without the other. */
const between = (writes: ReadonlyArray<string>, appendFirst: boolean): ReadonlyArray<number> => {
  const append = writes.findIndex((name) => name.startsWith(APPEND));
  const checkpoint = writes.findIndex((name) => name.includes(CHECKPOINT));
  const around = appendFirst ? [append + 1, append] : [append, append + 1];
  return [...(append < 0 ? [] : around), checkpoint].filter((index) => index >= 0 && index < writes.length);
};

/** The points that a command's crash rules are about come first, then the others. */
const dealing = (
  writes: ReadonlyArray<string>,
  appendFirst: boolean,
  random: Random,
): ReadonlyArray<number> => {
  const from = random.below(writes.length);
  const all = writes.map((_, index) => (from + index) % writes.length);
  return [...new Set([...between(writes, appendFirst), ...all])];
};

const courseOf = async (
  stage: Stage,
  states: States,
  scenario: Scenario,
  appendFirst: boolean,
  random: Random,
): Promise<Course> => {
  const state = scenario.on === 'nothing' ? null : states[scenario.on];
  const copy = await (state === null ? newPlace(stage.kind) : state.place.copy());
  try {
    const order = scenario.order(stage, states.prepared.keys, state?.memory.copy() ?? new Memory(), copy);
    const writes = await writesOf(stage, copy, order);
    if (writes.length === 0) throw new Error(`${scenario.name} writes nothing`);
    return { writes, dealt: dealing(writes, appendFirst, random), taken: 0 };
  } finally {
    await copy.remove();
  }
};

/** The writes of a command are listed when its turn comes first. */
export const namedPoints = (random: Random): NamedPoints => {
  const courses = new Map<string, Course>();
  const turns = [...SCENARIOS, ...MOMENTS];
  let turn = 0;
  return {
    next: async (stage, states) => {
      const taken = turns[turn % turns.length];
      const appendFirst = turn % 2 === 1;
      turn += 1;
      if (taken === undefined) throw new Error('there are no scenarios');
      if ('scenario' in taken) {
        const { scenario, held } = taken;
        return { scenario, at: held === null ? {} : { held }, name: scenario.name };
      }
      const course = courses.get(taken.name) ?? (await courseOf(stage, states, taken, appendFirst, random));
      courses.set(taken.name, course);
      const index = course.dealt[course.taken % course.dealt.length] ?? 0;
      course.taken += 1;
      const nth = course.writes.slice(0, index + 1).filter((name) => name === course.writes[index]).length;
      return {
        scenario: taken,
        at: { write: index + 1 },
        name: `${taken.name}: before ${course.writes[index] ?? ''}${nth > 1 ? ` (${nth})` : ''}`,
      };
    },
  };
};
