import { Memory } from './memory';
import { newPlace } from './place';
import { writesOf } from './prepared';
import type { Random } from './random';
import { SCENARIOS, type Scenario } from './scenarios';
import type { Stage } from './stage';
import type { States } from './strike';

/** A place in the course of a command. */
export interface NamedPoint {
  readonly scenario: Scenario;
  /** Number of the write that it lies before, from 1. */
  readonly write: number;
  /** Such as `keys add: before events.sqlite: commit KeyAdded`. */
  readonly name: string;
}

/** Deals out the points of all commands, one command after the other, each point before any for the second time. */
export interface NamedPoints {
  readonly next: (stage: Stage, states: States) => Promise<NamedPoint>;
}

interface Course {
  readonly writes: ReadonlyArray<string>;
  readonly from: number;
  taken: number;
}

const courseOf = async (
  stage: Stage,
  states: States,
  scenario: Scenario,
  random: Random,
): Promise<Course> => {
  const state = scenario.on === 'nothing' ? null : states[scenario.on];
  const place = state === null ? newPlace() : state.place;
  try {
    const order = scenario.order(stage, states.prepared.keys, state?.memory.copy() ?? new Memory(), place);
    const writes = await writesOf(stage, place, order);
    if (writes.length === 0) throw new Error(`${scenario.name} writes nothing`);
    return { writes, from: random.below(writes.length), taken: 0 };
  } finally {
    if (state === null) place.remove();
  }
};

/** The writes of a command are listed when its turn comes first. */
export const namedPoints = (random: Random): NamedPoints => {
  const courses = new Map<string, Course>();
  let turn = random.below(SCENARIOS.length);
  return {
    next: async (stage, states) => {
      const scenario = SCENARIOS[turn % SCENARIOS.length];
      turn += 1;
      if (scenario === undefined) throw new Error('there are no scenarios');
      const course = courses.get(scenario.name) ?? (await courseOf(stage, states, scenario, random));
      courses.set(scenario.name, course);
      const index = (course.from + course.taken) % course.writes.length;
      course.taken += 1;
      const nth = course.writes.slice(0, index + 1).filter((name) => name === course.writes[index]).length;
      return {
        scenario,
        write: index + 1,
        name: `${scenario.name}: before ${course.writes[index] ?? ''}${nth > 1 ? ` (${nth})` : ''}`,
      };
    },
  };
};
