import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { Command } from '../commands';
import { makeDecider } from '../decider';
import type { CommandId } from '../ids';
import { defaultPolicy } from '../policy';
import type { Keyring } from '../state/keyring';
import { accept, add, command, setDefault, T0 } from '../testSupport/commands';
import { isUnhandled } from './decide';

const memoryLimit = 16;
const { decideAll, initialState } = makeDecider({ ...defaultPolicy, memoryLimit });

/** A keyring after so many commands more, each of which says something new. */
const after = (keyring: Keyring, from: number, count: number): Keyring => {
  const commands = Array.from({ length: count }, (_, i) =>
    command(setDefault('k1', `p${from + i}`), from + i),
  );
  const { results, ...decided } = decideAll(keyring, commands);
  expect(results.every(E.isRight)).toBe(true);
  return decided.keyring;
};
const begun = decideAll(initialState, [command(add('k1'), 0), command(accept('k1'), 1)]).keyring;
/** Issued before all others, and so at any horizon. */
const early = (overrides: Partial<Command> = {}): Command =>
  command(setDefault('k1', 'early'), 0, { commandId: 'early' as CommandId, issuedAt: T0 - 1, ...overrides });
const refusal = (keyring: Keyring, one: Command): string | null => {
  const [result] = decideAll(keyring, [one]).results;
  return result !== undefined && E.isLeft(result) ? result.left.code : null;
};

describe('SC-5: a command does not grow too old while it waits', () => {
  test('whoever knows that it was not handled as far back as the memory reaches, has it decided', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (before, meanwhile) => {
        const arrived = after(begun, 2, before);
        const decided = after(arrived, 2 + before, meanwhile);
        const waited = early({ unhandledUpTo: arrived.revision });
        const isRemembered = meanwhile <= memoryLimit - 1;
        const nothingForgotten = decided.commandHorizon === null;
        if (isRemembered || nothingForgotten) expect(refusal(decided, waited)).toBeNull();
        if (!nothingForgotten) expect(refusal(decided, early())).toBe('command-too-old');
        expect(refusal(decided, early({ unhandledUpTo: Number.POSITIVE_INFINITY }))).toBeNull();
      }),
    );
  });

  test('and nothing that is said of it before it was handled has it done twice', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), (before, meanwhile, since) => {
        const arrived = after(begun, 2, before);
        const others = after(arrived, 2 + before, meanwhile);
        const { keyring, events } = decideAll(others, [early({ unhandledUpTo: Number.POSITIVE_INFINITY })]);
        expect(events).toHaveLength(1);
        const later = after(keyring, 100, since);
        const again = early({ unhandledUpTo: arrived.revision });
        expect(isUnhandled(later, again)).toBe(false);
        expect(decideAll(later, [again]).events).toEqual([]);
        expect(decideAll(later, [early()]).events).toEqual([]);
      }),
    );
  });
});
