import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { CommandId } from '../ids';
import { defaultDecider } from '../decider';
import {
  abandon,
  accept,
  add,
  command,
  confirm,
  exactly,
  fail,
  finish,
  hardDelete,
  ofVendor,
  remove,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given } from '../testSupport/given';
import { decodeSnapshot, encodeSnapshot } from './snapshotCodec';

const throughJson = (keyring: Parameters<typeof encodeSnapshot>[0]) =>
  decodeSnapshot(JSON.parse(JSON.stringify(encodeSnapshot(keyring))));

const eventful = given(
  add('k1', { label: 'prod · Zürich' }),
  accept('k1'),
  add('k2', { of: 'azure-openai', endpoint: 'https://acme.openai.azure.com' }),
  accept('k2'),
  add('k3'),
  fail('k3', 'unfunded', 4),
  abandon('k4'),
  setDefault('k2', 'p'),
  start('r1', { in: 'p' }),
  start('r2', { choice: ofVendor('anthropic'), lease: 60 }),
  start('r3', { choice: exactly('k1') }),
  start('r4'),
  finish('r4'),
  hardDelete('k1', { successor: 'k2' }),
  confirm('k1'),
  remove('k2', { successor: 'k3' }),
).keyring;

describe('a snapshot', () => {
  test('gives back the keyring that it was made from', () => {
    expect(throughJson(eventful)).toEqual(E.right(eventful));
    expect(throughJson(defaultDecider.initialState)).toEqual(E.right(defaultDecider.initialState));
  });

  test('of a big keyring stays well under what a store appends at once', () => {
    const { decideAll, initialState } = defaultDecider;
    const commands = [add('k1'), accept('k1')].map((body, i) => command(body, i));
    const oddly = (i: number) => ({
      commandId: randomUUID() as CommandId,
      time: T0 + i * 1_013,
      issuedAt: T0 + i * 1_013 - 7,
    });
    const ended = Array.from({ length: 2_000 }, () => randomUUID());
    ended.forEach((id, i) => commands.push(command(start(id), 0, oddly(i))));
    ended.forEach((id, i) => commands.push(command(finish(id), 0, oddly(2_000 + i))));
    for (let i = 0; i < 10_000; i++) commands.push(command(start(randomUUID()), 0, oddly(4_000 + i)));
    const { keyring } = decideAll(initialState, commands);
    expect(keyring.openPins.size).toBe(10_000);
    expect(JSON.stringify(encodeSnapshot(keyring)).length).toBeLessThan(600_000);
    expect(isDeepStrictEqual(throughJson(keyring), E.right(keyring))).toBe(true);
  });

  test.each([null, 1, 'x', [], {}, { revision: 1 }])('%j is none', (json) => {
    expect(decodeSnapshot(json)).toMatchObject({ left: { _tag: 'UndecodableSnapshot' } });
  });

  test('with columns of different length is none', () => {
    const json = JSON.parse(JSON.stringify(encodeSnapshot(eventful))) as {
      pins: { kindOf: number[]; startedAfter: number[]; runIds: string };
      handledCommands: Array<{ spans: number[] }>;
    };
    const without = (spoil: (copy: typeof json) => void) => {
      const copy = structuredClone(json);
      spoil(copy);
      return decodeSnapshot(copy)._tag;
    };
    expect(without(() => undefined)).toBe('Right');
    expect(without(({ pins }) => pins.kindOf.pop())).toBe('Left');
    expect(without(({ pins }) => pins.startedAfter.pop())).toBe('Left');
    expect(without(({ pins }) => (pins.runIds = `${pins.runIds} ü`))).toBe('Left');
    expect(without(({ pins }) => (pins.runIds = `${pins.runIds} r1`))).toBe('Left');
    expect(without(({ handledCommands }) => handledCommands[0]?.spans.pop())).toBe('Left');
  });
});
