import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TrustCheck } from '../check';
import { apartAtRunTime, PACKAGES } from './atRunTime';
import { FAULTY_PARTS } from './faultyParts';
import { referencesOf } from './references';
import { typesApart } from './typesApart';

const OPERATORS = join(PACKAGES, 'operator-credentials');

const otherPackages = (): ReadonlyArray<string> =>
  readdirSync(PACKAGES)
    .map((name) => join(PACKAGES, name))
    .filter((folder) => folder !== OPERATORS);

/** Nothing in it is generated: it is done once, however long the budget. */
export const operatorPath: TrustCheck = {
  name: 'operator-path',
  promise: 'We never silently fall back from operator credentials to your BYOK. The two paths share no code.',
  run: async ({ progress }) => {
    const parts = [await apartAtRunTime(), typesApart(), referencesOf(OPERATORS, otherPackages())];
    const figures = Object.fromEntries(parts.flatMap((part) => Object.entries(part.figures)));
    progress(figures);
    return { figures, violations: parts.flatMap(({ violations }) => violations) };
  },
  faulty: FAULTY_PARTS,
};
