import { expect, test } from '@jest/globals';
import { GIVEN, type Place } from './programs';
import { typesApart } from './typesApart';

test('the check finds a place that takes either, one that takes neither, and a wrong program', () => {
  const places: ReadonlyArray<Place> = [
    {
      name: 'anything',
      takes: ['customers'],
      put: (given) => `declare const take: (secret: { toJSON: () => string }) => void; take(${given});`,
    },
    { name: 'nothing', takes: ['operators'], put: (given) => `export const kept: never = ${given};` },
    { name: 'nowhere', takes: ['text'], put: (given) => `nowhere(${given});` },
  ];
  const { violations } = typesApart(places);
  expect(violations).toEqual([
    'operators in the place of anything: compiles, and must not',
    'operators in the place of nothing: does not compile, and has to',
    ...GIVEN.map((given) => `${given} in the place of nowhere: the program is wrong in itself (TS2304)`),
  ]);
});
