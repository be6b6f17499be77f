import { expect, test } from '@jest/globals';
import { totalsOf } from './totals';

test('figures that say the same are added up, over all checks', () => {
  const results = [
    { figures: { 'rows opened': 3, 'other rows opened': 0, faults: 5 } },
    { figures: { 'keys opened': 4, 'kills at random': 2, 'bytes searched': 10 } },
    { figures: { 'kills at named points': 1, 'bytes searched': 7, rounds: 9 } },
  ];
  expect(totalsOf(results)).toEqual({
    kills: 3,
    faults: 5,
    'rows opened': 7,
    'rows opened that were not the one due': 0,
    'bytes searched': 17,
  });
});

test('what no check counts is no figure', () => {
  expect(totalsOf([{ figures: { rounds: 1 } }])).toEqual({});
});
