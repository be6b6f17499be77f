import { expect, test } from '@jest/globals';
import { goesOnFromAnyPlace } from './serverFeatures';
import { limitOf } from './testSupport/refusedFrom';

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

test.each([
  [null, 1_048_576],
  ['23.10.8', 1_048_576],
  ['24.10.14', 1_048_576],
  ['25.0.1', 1_048_576],
  ['25.1.0', 16_777_216],
  ['26.1.0', 16_777_216],
])('ES-K2: the contract expects a server that says %j to refuse an event of %p bytes', (version, bytes) => {
  expect(limitOf(version)).toBe(bytes);
});
