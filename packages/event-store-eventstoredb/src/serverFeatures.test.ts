import { expect, test } from '@jest/globals';
import { goesOnFromAnyPlace } from './serverFeatures';

test.each([
  [null, false],
  ['', false],
  ['23.10.8', false],
  ['24.1.0', false],
  ['24.2.0', true],
  ['24.10.14', true],
  ['25.0.1', true],
  ['26.1.0', true],
])('ES-R1: a server that says %j goes on from a place whose event is gone: %p', (version, safe) => {
  expect(goesOnFromAnyPlace({ takesBatches: true, version })).toBe(safe);
});
