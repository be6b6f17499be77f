import { expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { encodeEvent } from '../codecs/eventCodec';
import { defaultDecider } from '../decider';
import type { EnvelopedEvent } from '../envelope';
import { defaultPolicy } from '../policy';
import { accept, add, command, expire, hardDelete, setDefault, start } from '../testSupport/commands';

/** EventStoreDB's own limit for one append. */
const MIB = 1_048_576;

const long = (text: string): string => text.padEnd(64, '-');

const encodedSize = (events: ReadonlyArray<EnvelopedEvent>): number =>
  events.reduce((size, event) => {
    const encoded = encodeEvent(event);
    if (E.isLeft(encoded)) throw encoded.left;
    return size + JSON.stringify(encoded.right).length;
  }, 0);

test('the longest appends stay under what every store takes, with the longest ids there may be', () => {
  const { decideAll, decide, initialState } = defaultDecider;
  const key = long('k1');
  const bodies = [add(key), accept(key), add('k2'), accept('k2')];
  for (let i = 0; i < defaultPolicy.maxProjectDefaults; i++) bodies.push(setDefault(key, long(`p${i}`)));
  for (let i = 0; i < defaultPolicy.maxOpenRuns; i++) bodies.push(start(long(`r${i}`)));
  const { keyring } = decideAll(
    initialState,
    bodies.map((body, place) => command(body, place)),
  );
  expect(keyring.openPins.size).toBe(defaultPolicy.maxOpenRuns);
  const sizeOf = (body: Parameters<typeof command>[0]): number => {
    const decided = decide(keyring, command(body, bodies.length));
    return E.isLeft(decided) ? -1 : encodedSize(decided.right.events);
  };
  const hardDeletion = sizeOf(hardDelete(key, { successor: 'k2' }));
  expect(hardDeletion).toBeGreaterThan(0.7 * MIB);
  expect(hardDeletion).toBeLessThan(MIB);
  const expiry = sizeOf(expire(9e6));
  expect(expiry).toBeGreaterThan(0);
  expect(expiry).toBeLessThan(0.5 * MIB);
});
