import type { Limits } from './options';

const KNOWN: ReadonlyArray<keyof Limits> = ['bodyBytes', 'requestsPerMinute', 'testCallMs'];

const isKnown = (name: string): boolean => KNOWN.some((known) => known === name);

/** @throws TypeError for bounds that would let nobody in, or hold nobody back */
export const checkLimits = (limits: unknown): void => {
  if (typeof limits !== 'object' || limits === null) throw new TypeError('`limits` has to be an object.');
  for (const name of Object.keys(limits)) {
    if (!isKnown(name)) throw new TypeError(`\`limits\` has no \`${name}\`: it takes ${KNOWN.join(', ')}.`);
    const value: unknown = Reflect.get(limits, name);
    if (value !== undefined && !(typeof value === 'number' && Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`\`limits.${name}\` has to be a whole number above 0.`);
    }
  }
};
