import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { EnvelopedEvent } from '../envelope';
import { decodeEvent, type StoredEvent } from './eventCodec';

interface Example {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const example = (file: string): Example =>
  JSON.parse(readFileSync(join(__dirname, '..', 'examples', file), 'utf8')) as Example;
/** An event as a store gives it, of the texts of these values. */
const textOf = ({ type, data, metadata }: Example): StoredEvent => ({
  type,
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata),
  stream: 'keyring-acme',
  revision: 7,
});
const read = (file: string): EnvelopedEvent => {
  const decoded = decodeEvent(textOf(example(file)));
  if (E.isLeft(decoded)) throw decoded.left;
  return decoded.right;
};
const whyNotDecoded = (event: StoredEvent) => {
  const decoded = decodeEvent(event);
  return E.isLeft(decoded) ? { why: decoded.left.why, message: decoded.left.message } : 'decoded';
};

/** Types whose payload has changed once. */
const LATER = ['KeyAdded', 'KeyReportedLeaked', 'KeySecretDestroyed'];

describe('events of older versions', () => {
  test('a key that was added before there were expiries has none', () => {
    const { event, envelope } = read('KeyAdded.v1.json');
    expect(event).toEqual({
      type: 'KeyAdded',
      data: { ...example('KeyAdded.v1.json').data, expiresAt: null },
    });
    expect(envelope).toEqual(read('KeyAdded.v2.json').envelope);
    const later = { ...example('KeyAdded.v1.json').data, expiresAt: '2027-03-31T00:00:00.000Z' };
    const forged = decodeEvent(textOf({ ...example('KeyAdded.v1.json'), data: later }));
    expect(E.isRight(forged) && forged.right.event.data).toMatchObject({ expiresAt: null });
  });

  test.each(LATER.flatMap((type) => ['null', '7', '[]', '"k-old"'].map((data) => [type, data] as const)))(
    'a first version of %s that is %s is named',
    (type, data) => {
      expect(whyNotDecoded({ ...textOf(example(`${type}.v1.json`)), data })).toMatchObject({
        why: expect.stringMatching(/^(?:upcast-failed|invalid-data)$/),
      });
    },
  );

  test('a report from before it said who noticed what, and since when, leaves that unknown', () => {
    expect(read('KeyReportedLeaked.v1.json').event).toEqual({
      type: 'KeyReportedLeaked',
      data: {
        keyId: 'k-old',
        caseId: 'SR-ROTATE-001',
        reportedBy: null,
        suspectedSince: null,
        source: null,
        usedElsewhere: 'unknown',
        stranger: 'unknown',
      },
    });
  });

  test('a destruction from before kill checks had an event of their own says nothing of one', () => {
    expect(example('KeySecretDestroyed.v1.json').data).toHaveProperty('killCheck');
    expect(read('KeySecretDestroyed.v1.json').event).toEqual(read('KeySecretDestroyed.v2.json').event);
  });
});
