import { describe, expect, test } from '@jest/globals';
import { accept, add, expire, observed, remove, resume, start } from '../testSupport/commands';
import { given } from '../testSupport/given';

const two = [add('k1'), accept('k1'), add('k2'), accept('k2')] as const;
/** Leases of `r1` until 14 seconds, of `r2` until 25. */
const open = [...two, start('r1', { lease: 10 }), start('r2', { lease: 20 })] as const;
const retired = [...open, remove('k1', { successor: 'k2' })] as const;

const ended = (outcome: ReturnType<ReturnType<typeof given>['when']>): unknown =>
  'emitted' in outcome
    ? outcome.emitted.map(({ type, data }) => ('runId' in data ? data.runId : type))
    : outcome;

describe('I-30: leases that are over by a clock', () => {
  test('lapse only where they were observed', () => {
    expect(ended(given(...open).when(expire(60, 60, observed({}))))).toEqual([]);
    expect(ended(given(...open).when(expire(60, 60, observed({ r2: { until: 25 } }))))).toEqual(['r2']);
    expect(ended(given(...open).when(expire(20, 20, observed({ r2: { until: 25 } }))))).toEqual([]);
  });

  test('do not lapse when they were renewed since', () => {
    const renewed = given(...open, resume('r2', 30));
    expect(ended(renewed.when(expire(90, 90, observed({ r2: { until: 25 } }))))).toEqual([]);
  });

  test('on a retired key wait for the grace, and then the key goes in the same append', () => {
    const leases = { r1: { until: 14 }, r2: { until: 25 } };
    expect(ended(given(...retired).when(expire(60, 60, observed(leases))))).toEqual([]);
    const waited = { r1: { until: 14, graceIsOver: true }, r2: { until: 25, graceIsOver: true } };
    expect(ended(given(...retired).when(expire(60, 60, observed(waited))))).toEqual([
      'r1',
      'r2',
      'KeyHardDeleted',
    ]);
  });

  test('that a person says to end lapse at once, on a retired key when they are over for the grace', () => {
    const told = { kind: 'told', graceMs: 30_000 } as const;
    expect(ended(given(...open).when(expire(26, 26, told)))).toEqual(['r1', 'r2']);
    expect(ended(given(...retired).when(expire(43, 43, told)))).toEqual([]);
    expect(ended(given(...retired).when(expire(44, 44, told)))).toEqual(['r1']);
    expect(ended(given(...retired).when(expire(55, 55, told)))).toEqual(['r1', 'r2', 'KeyHardDeleted']);
  });
});
