import { describe, expect, test } from '@jest/globals';
import { displayLine, displayStatus } from './labels';
import { accept, add, fail, remove, setDefault, start } from './testSupport/commands';
import { given } from './testSupport/given';
import type { LabelInput } from './words/catalogue';

const plain: LabelInput = {
  status: 'active',
  failureReason: null,
  isDefault: false,
  wasDefault: false,
  openRuns: 0,
  suspended: false,
};

describe('what a person reads of a key', () => {
  test.each<[string, Partial<LabelInput>]>([
    ['Default', { isDefault: true }],
    ['Default', { isDefault: true, wasDefault: true }],
    ['Default · Pending validation', { isDefault: true, status: 'pending' }],
    [
      'Default · Validation failed · credit exhausted',
      { isDefault: true, status: 'failed', failureReason: 'unfunded' },
    ],
    ['Active (previous)', { wasDefault: true }],
    ['Previous · Pending validation', { wasDefault: true, status: 'pending' }],
    [
      'Previous · Validation failed · rejected by the vendor',
      { wasDefault: true, status: 'failed', failureReason: 'rejected' },
    ],
    ['Active', {}],
    ['Pending validation', { status: 'pending' }],
    ['Validation failed', { status: 'failed' }],
    ['Validation failed · call not permitted', { status: 'failed', failureReason: 'restricted' }],
    ['Validation failed · reported as leaked', { status: 'failed', failureReason: 'leaked' }],
    [
      'Validation failed · wrong endpoint, region or model',
      { status: 'failed', failureReason: 'misdirected' },
    ],
    ['Deleting · 1 run in flight', { status: 'retired', openRuns: 1 }],
    ['Deleting · 2 runs in flight', { status: 'retired', openRuns: 2, wasDefault: true }],
    ['Deleted', { status: 'hard-deleted' }],
    ['Suspended', { suspended: true }],
    ['Suspended', { suspended: true, status: 'failed', failureReason: 'unfunded' }],
    ['Default · Suspended', { suspended: true, isDefault: true }],
    ['Default · Suspended', { suspended: true, isDefault: true, status: 'pending' }],
    ['Previous · Suspended', { suspended: true, wasDefault: true }],
    ['Deleting · 1 run in flight', { suspended: true, status: 'retired', openRuns: 1 }],
  ])('%s', (words, input) => {
    expect(displayStatus({ ...plain, ...input })).toBe(words);
  });

  test("a line is the seed's form", () => {
    expect(displayLine({ ...plain, wasDefault: true, last4: 'AbCd' })).toBe('…AbCd · Active (previous)');
  });

  test('the rotation of the seed, as its list shows it', () => {
    const old = [add('old1'), accept('old1')];
    expect(given(...old).list()).toEqual(['…old1 · Default']);
    const added = [...old, add('new1', { of: 'openai' })];
    expect(given(...added).list()).toEqual(['…old1 · Default', '…new1 · Pending validation']);
    const moved = [...added, accept('new1'), start('r'), setDefault('new1')];
    expect(given(...moved).list()).toEqual(['…old1 · Active (previous)', '…new1 · Default']);
    expect(given(...moved, remove('old1')).list()).toEqual([
      '…old1 · Deleting · 1 run in flight',
      '…new1 · Default',
    ]);
    expect(given(...moved, fail('old1', 'unfunded', 5)).list()).toEqual([
      '…old1 · Previous · Validation failed · credit exhausted',
      '…new1 · Default',
    ]);
  });
});
