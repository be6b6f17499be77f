import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { EnvelopedEvent } from '../envelope';
import { payloads } from '../events';
import { keyringStream } from '../stream';
import { anyEnvelopedEvent } from '../testSupport/arbitraryOf';
import { decodeEvent, encodeEvent, type StoredEvent } from './eventCodec';

const EXAMPLES = join(__dirname, '..', 'examples');
const files = readdirSync(EXAMPLES);
interface Example {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const example = (file: string): Example => JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Example;
/** An event as a store gives it, of the texts of these values. */
const textOf = ({ type, data, metadata }: { readonly [K in keyof Example]: unknown }): StoredEvent => ({
  type: String(type),
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata),
  stream: 'keyring-acme',
  revision: 7,
});
const stored = (file: string): StoredEvent => textOf(example(file));
const read = (file: string): EnvelopedEvent => {
  const decoded = decodeEvent(stored(file));
  if (E.isLeft(decoded)) throw decoded.left;
  return decoded.right;
};
const whyUndecodable = (event: { readonly [K in keyof Example]: unknown }) => whyNotDecoded(textOf(event));
const whyNotDecoded = (event: StoredEvent) => {
  const decoded = decodeEvent(event);
  return E.isLeft(decoded) ? { why: decoded.left.why, message: decoded.left.message } : 'decoded';
};

/** Types whose payload has changed once. */
const LATER = ['KeyAdded', 'KeyReportedLeaked', 'KeySecretDestroyed'];

describe('events as they are stored', () => {
  test('every type has an example of every version', () => {
    expect([...files].sort()).toEqual(
      [
        ...Object.keys(payloads).map((type) => `${type}.v1.json`),
        ...LATER.map((type) => `${type}.v2.json`),
      ].sort(),
    );
  });

  const current = files.filter((file) => !LATER.some((type) => file === `${type}.v1.json`));

  test.each(current)('%s is read, and written as it was', (file) => {
    const { type, data, metadata } = stored(file);
    expect(encodeEvent(read(file))).toEqual(E.right({ type, data, metadata }));
  });

  test('any event survives being stored as JSON', () => {
    fc.assert(
      fc.property(anyEnvelopedEvent, (enveloped) => {
        const encoded = encodeEvent(enveloped);
        if (E.isLeft(encoded)) throw encoded.left;
        const stream = keyringStream(enveloped.envelope.workspaceId);
        expect(decodeEvent({ ...encoded.right, stream, revision: 0 })).toEqual(E.right(enveloped));
      }),
      { numRuns: 300 },
    );
  });

  test('members that are not known are dropped on reading, at any depth', () => {
    const { metadata, data, type } = example('RunKeyPinned.v1.json');
    const more = {
      type,
      data: { ...data, colour: 'red', requested: { kind: 'vendor', vendor: 'anthropic', x: 1 } },
      metadata: { ...metadata, actor: { kind: 'service', id: 'compiler@eu-1', ip: '::1' } },
    };
    expect(decodeEvent(textOf(more))).toEqual(E.right(read('RunKeyPinned.v1.json')));
  });

  test('members that are not known are refused on writing, and named', () => {
    const event = read('RunKeyPinned.v1.json');
    const refused = (altered: unknown) => {
      const encoded = encodeEvent(altered as EnvelopedEvent);
      return E.isLeft(encoded) ? encoded.left.message : 'encoded';
    };
    expect(
      refused({ ...event, event: { ...event.event, data: { ...event.event.data, secret: 'x' } } }),
    ).toContain('data.secret');
    expect(
      refused({
        ...event,
        event: { ...event.event, data: { ...event.event.data, requested: { kind: 'default', x: 1 } } },
      }),
    ).toContain('data.requested.x');
    expect(
      refused({ ...event, envelope: { ...event.envelope, actor: { ...event.envelope.actor, ip: '::1' } } }),
    ).toContain('metadata.actor.ip');
    expect(
      refused({ ...event, event: { ...event.event, data: { ...event.event.data, choice: 'dice' } } }),
    ).toContain('its data does not fit');
    expect(refused({ ...event, envelope: { ...event.envelope, index: -1 } })).toContain(
      'its envelope does not',
    );
    const altered = { ...event.event.data, a: 1, b: 2, c: 3, d: 4 };
    expect(refused({ ...event, event: { ...event.event, data: altered } })).toContain(
      'does not know data.a, data.b, data.c.',
    );
  });
});

describe('an event that can not be read', () => {
  const evidence = { status: 200, code: null, requestId: null, latencyMs: 0 };
  const receipt = {
    destroyedAt: '2026-11-23T07:36:33.000Z',
    secretsDestroyed: 1,
    dataKeysDestroyed: 1,
    checks: [],
  };

  test('of which every member fits can', () => {
    const fits = { ...evidence, requestId: 'r'.repeat(128) };
    const event = example('KeyValidated.v1.json');
    expect(whyUndecodable({ ...event, data: { ...event.data, evidence: fits } })).toBe('decoded');
    const metadata = { ...event.metadata, actor: { kind: 'user', id: 'ada', originRef: 'a b' } };
    expect(whyUndecodable({ ...event, metadata })).toMatchObject({
      message: expect.stringContaining('actor.originRef is not OriginRef'),
    });
  });

  const pinned = example('RunKeyPinned.v1.json');

  test('of a type that is not known names stream, revision and type', () => {
    expect(whyUndecodable({ ...pinned, type: 'KeyBlessed' })).toEqual({
      why: 'unknown-type',
      message:
        "Event 7 of keyring-acme (KeyBlessed) can't be read: this release does not know its type: upgrade. " +
        'Nothing was folded past it.',
    });
    expect(whyUndecodable({ ...pinned, type: 'toString' })).toMatchObject({ why: 'unknown-type' });
  });

  test('of a newer schema version says to upgrade', () => {
    const metadata = { ...pinned.metadata, schemaVersion: 2 };
    expect(whyUndecodable({ ...pinned, metadata })).toEqual({
      why: 'newer-schema-version',
      message: expect.stringMatching(/schema version 2 is newer than 1.*upgrade/),
    });
  });

  test('with a wrong member names the member and not what it held', () => {
    const data = { ...pinned.data, leaseUntil: 'sk-proj-oops' };
    const verdict = whyUndecodable({ ...pinned, data });
    expect(verdict).toMatchObject({
      why: 'invalid-data',
      message: expect.stringContaining('leaseUntil is not Instant'),
    });
    expect(JSON.stringify(verdict)).not.toContain('oops');
  });

  test.each([
    ['RunKeyResumed', { renewal: false }, 'renewal'],
    ['KeySecretDestroyed', { receipt: { checks: 'row gone' } }, 'receipt'],
    ['KeyHardDeleted', { interruptedRuns: 'r1' }, 'interruptedRuns'],
    ['KeyHardDeleted', { interruptedRuns: ['r1', 'a b'] }, 'interruptedRuns'],
    ['KeyRetired', { openRuns: '1' }, 'openRuns'],
    ['RunKeyPinned', { leaseUntil: 7 }, 'leaseUntil'],
    ['KeyRetired', { openRuns: -1 }, 'openRuns is not WholeNumber.'],
    [
      'KeySecretDestroyed',
      { receipt: { ...receipt, method: 'm'.repeat(201) } },
      'receipt.method is not ShortText.',
    ],
    ...[-1, 0.5].map(
      (latencyMs) =>
        [
          'KeyValidated',
          { evidence: { ...evidence, latencyMs } },
          'evidence.latencyMs is not WholeNumber.',
        ] as const,
    ),
    ...['', 'two words', ' r', 'r ', 'r'.repeat(129)].map(
      (requestId) =>
        [
          'KeyValidated',
          { evidence: { ...evidence, requestId } },
          'evidence.requestId is not Token',
        ] as const,
    ),
  ])('of type %s with %j names %s', (type, wrong, member) => {
    const event = example(`${type}.v1.json`);
    const data = { ...event.data, ...wrong };
    expect(whyUndecodable({ ...event, data })).toMatchObject({
      why: 'invalid-data',
      message: expect.stringContaining(member),
    });
  });

  const text = textOf(pinned);
  test.each([
    ['no JSON', '{'],
    ['empty', ''],
    ['with a member twice', text.data.replace('{', '{"runId":"run-0",')],
    ['with space', text.data.replace(',', ', ')],
    ['with half a surrogate pair', text.data.replace('{', '{"colour":"\\ud83d",')],
  ])('whose data is %s is told from one that was written so', (_, data) => {
    expect(whyNotDecoded({ ...text, data })).toMatchObject({
      why: 'invalid-data',
      message: expect.stringContaining('no JSON text as it was written'),
    });
  });

  test.each([
    ['no JSON', '{'],
    ['empty', ''],
    ['with a member twice', text.metadata.replace('{', '{"workspaceId":"beta",')],
    ['with half a surrogate pair', text.metadata.replace('{', '{"colour":"\\udc00",')],
  ])('whose metadata is %s is told from one that was written so', (_, metadata) => {
    expect(whyNotDecoded({ ...text, metadata })).toMatchObject({
      why: 'invalid-metadata',
      message: expect.stringContaining('no JSON text as it was written'),
    });
  });

  test.each(['keyring-beta', 'keyring-', 'acme', 'keyring-acme-2'])(
    'I-7: of workspace acme in stream %s names the workspace',
    (stream) => {
      expect(whyNotDecoded({ ...text, stream })).toMatchObject({
        why: 'wrong-stream',
        message: expect.stringContaining('it is an event of workspace acme'),
      });
    },
  );

  test('an optional member may be undefined, and is absent then', () => {
    const event = example('RunKeyResumed.v1.json');
    const data = { ...event.data, renewal: undefined };
    const read = decodeEvent(textOf({ ...event, data }));
    expect(E.isRight(read) && Object.hasOwn(read.right.event.data, 'renewal')).toBe(false);
    expect(read._tag).toBe('Right');
  });

  test.each([null, 1, 'text', [], {}, { schemaVersion: 0 }])('with metadata %j says so', (metadata) => {
    expect(whyUndecodable({ ...pinned, metadata })).toMatchObject({ why: 'invalid-metadata' });
  });

  test.each([
    ['schemaVersion', 'SchemaVersion', [0, -1, 1.5, '1']],
    ['index', 'WholeNumber', [-1, 0.5, '0']],
    ['count', 'SchemaVersion', [0, 0.5]],
    ['commandDigest', 'Digest', ['', 'two words', ' d', 'd ', 'd'.repeat(129)]],
    ['$causationId', 'CausationId', ['', 'two words', 'c'.repeat(129)]],
    ['$correlationId', 'CorrelationId', ['', 'two words', ' q', 'q ']],
    ['workspaceId', 'WorkspaceId', ['', 'a b', ' w', 'w ', 'w'.repeat(65)]],
    ['time', 'Instant', [0, '2026-11-23']],
  ])('whose %s is no %s says so', (member, name, values) => {
    for (const value of values) {
      const metadata = { ...pinned.metadata, [member]: value };
      expect(whyUndecodable({ ...pinned, metadata })).toEqual({
        why: 'invalid-metadata',
        message: expect.stringContaining(`${member} is not ${name}.`),
      });
    }
  });

  test('invariant 12: anything at all gives a value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(payloads), 'Else'),
        fc.oneof(fc.json(), fc.string()),
        fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(pinned.metadata))),
        (type, data, metadata) => {
          expect(['Left', 'Right']).toContain(decodeEvent({ ...textOf(pinned), type, data, metadata })._tag);
        },
      ),
    );
  });
});
