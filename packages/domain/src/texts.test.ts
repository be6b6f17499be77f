import { describe, expect, test } from '@jest/globals';
import type * as t from 'io-ts';
import { Actor, ActorId } from './actor';
import { CausationId } from './envelope';
import { DestructionReceipt, Endpoint, Fingerprint, Last4, Region } from './events';
import { CaseId, CommandId, CorrelationId, KeyId, ProjectId, RunId, Vendor, WorkspaceId } from './ids';
import { Label, StoredLabel } from './label';

// What is stored, compared and shown: the bounds of each text, and that nothing before or after it slips through.

interface Bounds {
  readonly name: string;
  readonly codec: t.Mixed;
  readonly most: number;
  readonly least?: number;
  /** A character that it takes, and one that it does not. */
  readonly takes: string;
  readonly refuses: string;
}

const ids = { KeyId, RunId, ProjectId, CaseId, WorkspaceId, CommandId, CorrelationId };

const all: ReadonlyArray<Bounds> = [
  ...Object.entries(ids).map(([name, codec]) => ({ name, codec, most: 64, takes: '_', refuses: ' ' })),
  { name: 'Vendor', codec: Vendor, most: 32, takes: 'z', refuses: 'Z' },
  { name: 'ActorId', codec: ActorId, most: 256, takes: '|', refuses: ' ' },
  { name: 'CausationId', codec: CausationId, most: 128, takes: ':', refuses: '/' },
  { name: 'Last4', codec: Last4, least: 4, most: 4, takes: '~', refuses: ' ' },
  { name: 'Fingerprint', codec: Fingerprint, least: 16, most: 128, takes: '_', refuses: '=' },
  { name: 'Endpoint', codec: Endpoint, most: 256, takes: '/', refuses: ' ' },
  { name: 'Region', codec: Region, most: 64, takes: '.', refuses: '/' },
  { name: 'StoredLabel', codec: StoredLabel, most: 512, takes: 'ü', refuses: '\n' },
  { name: 'Label', codec: Label, most: 64, takes: 'ü', refuses: '\n' },
];

describe.each(all)('$name', ({ name, codec, least = 1, most, takes, refuses }) => {
  test(`has ${least} to ${most} characters`, () => {
    const lengths = [0, least - 1, least, most, most + 1];
    expect(lengths.map((length) => codec.is(takes.repeat(length)))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test('is called so, where something else is found', () => {
    expect(codec.name).toBe(name);
  });

  test('has nothing else before, within or after it', () => {
    const fits = takes.repeat(least);
    expect(
      [`${refuses}${fits}`, `${fits}${refuses}`, `${fits}${refuses}${fits}`].some((text) => codec.is(text)),
    ).toBe(false);
    expect([7, null, undefined, [fits]].some((other) => codec.is(other))).toBe(false);
  });
});

test('a label begins and ends with something to see', () => {
  expect(Label.is('a b')).toBe(true);
  expect([' a', 'a ', 'a\u2028b', 'a\u2029b', 'a\u200bb'].some((text) => Label.is(text))).toBe(false);
});

test('a vendor begins with a letter or a digit', () => {
  expect([Vendor.is('o1'), Vendor.is('-o1')]).toEqual([true, false]);
});

test('the reference to an origin has 1 to 64 characters and nothing around them', () => {
  const from = (originRef: string) => Actor.is({ kind: 'user', id: 'ada', originRef });
  expect([from('o'), from('o'.repeat(64)), from(''), from('o'.repeat(65)), from(' o'), from('o ')]).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

describe('a receipt', () => {
  const receipt = {
    destroyedAt: 1,
    secretsDestroyed: 0,
    dataKeysDestroyed: 1,
    method: 'm'.repeat(200),
    checks: ['c'.repeat(200)],
  };

  test('counts from nothing, in whole numbers, and is brief', () => {
    expect(DestructionReceipt.is(receipt)).toBe(true);
    for (const count of [-1, 0.5, Infinity, '1']) {
      expect(DestructionReceipt.is({ ...receipt, secretsDestroyed: count })).toBe(false);
    }
    expect(DestructionReceipt.is({ ...receipt, method: 'm'.repeat(201) })).toBe(false);
    expect(DestructionReceipt.is({ ...receipt, checks: ['c'.repeat(201)] })).toBe(false);
  });
});
