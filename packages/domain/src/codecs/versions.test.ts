import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { currentVersion, payloadReader, type Versioned } from './versions';

/** Made up: version 1 had `name`, version 2 split it in two, version 3 counts visits. */
const greeting: Versioned = {
  codec: t.type({ first: t.string, last: t.string, visits: t.number }),
  upcasters: [
    (data) => {
      const v1 = t.type({ name: t.string }).decode(data);
      if (E.isLeft(v1)) return E.left('version 1 has a name');
      const [first = '', last = ''] = v1.right.name.split(' ');
      return E.right({ first, last });
    },
    (data) => E.right({ ...(data as object), visits: 1 }),
  ],
};
const read = payloadReader(greeting);

describe('a payload with a past', () => {
  test('is read from every version it ever had', () => {
    expect(currentVersion(greeting)).toBe(3);
    const ada = (visits: number) => E.right({ first: 'Ada', last: 'Lovelace', visits });
    expect(read(1, { name: 'Ada Lovelace' })).toEqual(ada(1));
    expect(read(2, { first: 'Ada', last: 'Lovelace' })).toEqual(ada(1));
    expect(read(3, { first: 'Ada', last: 'Lovelace', visits: 9 })).toEqual(ada(9));
  });

  test('of a newer version asks for an upgrade', () => {
    expect(read(4, {})).toMatchObject({
      left: { why: 'newer-schema-version', detail: expect.stringContaining('4 is newer than 3') },
    });
  });

  test('that an upcaster can not lift, or lifts into something that does not fit, is an error', () => {
    expect(read(1, {})).toEqual(E.left({ why: 'upcast-failed', detail: 'version 1 has a name' }));
    expect(read(2, { first: 1 })).toMatchObject({ left: { why: 'invalid-data' } });
  });
});
