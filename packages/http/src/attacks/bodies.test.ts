import { describe, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { documentFits } from '../testSupport/documented';
import { OPERATIONS, type Operation, type Schema } from '../testSupport/operations';
import { requestOf } from '../testSupport/requests';
import { mutationsOf } from '../testSupport/schemaSamples';

const at = atWork({ allowVendorAdminCredentials: true, limits: { requestsPerMinute: 1_000_000 } });

type WithBody = Operation & { readonly body: Schema };

const withBody = OPERATIONS.flatMap((operation): ReadonlyArray<readonly [string, WithBody]> => {
  const { id, body } = operation;
  return body === null ? [] : [[id, { ...operation, body }]];
});

type Kind = readonly [
  string,
  Readonly<Record<string, string>>,
  (text: string) => string | Uint8Array,
  number,
];

const more = (text: string, member: string): string =>
  text.replace(/[}]$/, `${text === '{}' ? '' : ','}${member}}`);

/** What all operations share is tried on the one that takes a key. */
const refused: ReadonlyArray<Kind> = [
  ['no type', { 'content-type': '' }, (text) => text, 415],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, () => 'vendor=anthropic', 415],
  ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, () => '--x--', 415],
  ['text', { 'content-type': 'text/plain' }, (text) => text, 415],
  ['two types', { 'content-type': 'application/json, text/plain' }, (text) => text, 415],
  ['another charset', { 'content-type': 'application/json; charset=utf-16' }, (text) => text, 415],
  ['a type that only begins so', { 'content-type': 'application/json-patch+json' }, (text) => text, 415],
  ['an encoding', { 'content-encoding': 'gzip' }, (text) => text, 415],
  ['no JSON', {}, (text) => `${text},`, 400],
  ['two values', {}, (text) => `${text}${text}`, 400],
  ['a byte order mark', {}, (text) => `\uFEFF${text}`, 400],
  ['no UTF-8', {}, () => Uint8Array.of(0x22, 0xc3, 0x28, 0x22), 400],
  ['a member twice', {}, () => '{"keyId":"a","keyId":"b"}', 400],
  ['a member twice, spelled differently', {}, () => '{"keyId":"a","key\\u0049d":"b"}', 400],
  ['a member twice, deep inside', {}, () => '{"choice":{"kind":"default","kind":"key"}}', 400],
  ['an unknown member', {}, (text) => more(text, '"unknown":1'), 422],
  ['a prototype', {}, (text) => more(text, '"__proto__":{}'), 422],
  ['a constructor', {}, (text) => more(text, '"constructor":{"prototype":{}}'), 422],
  ['a list', {}, () => '[]', 422],
  ['null', {}, () => 'null', 422],
  ['more than is taken', {}, () => JSON.stringify({ pasted: 'x'.repeat(3_000_000) }), 413],
  ['deep nesting', {}, () => '['.repeat(30_000) + ']'.repeat(30_000), 422],
];
const TRIED_ON_ALL: ReadonlyArray<string> = [
  'a form',
  'text',
  'an encoding',
  'a member twice',
  'a prototype',
];

const expectRefused = async (operation: WithBody, kinds: ReadonlyArray<Kind>): Promise<void> => {
  const { method, path, sent } = requestOf(operation, { workspaceId: at().newWorkspace() });
  const ada = at().as({});
  const before = at().asked.length;
  for (const [what, headers, rawOf, status] of kinds) {
    const raw = rawOf(JSON.stringify(sent.body));
    const answer = await ada(method, path, { headers: { ...sent.headers, ...headers }, raw });
    expect([what, answer.status]).toEqual([what, status]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  }
  expect(at().asked).toHaveLength(before);
};

describe('a body that is not what it has to be', () => {
  test('is not taken, whatever it is', async () => {
    const addKey = withBody.find(([id]) => id === 'addKey');
    if (addKey === undefined) throw new Error('no operation adds a key');
    await expectRefused(addKey[1], refused);
  });

  test.each(withBody)('is not taken: %s', async (_id, operation) => {
    await expectRefused(
      operation,
      refused.filter(([what]) => TRIED_ON_ALL.includes(what)),
    );
  });

  test.each(withBody)(
    'by its schema is not taken either, and nothing is asked: %s',
    async (_id, operation) => {
      const { body } = operation;
      const fits = documentFits(body);
      const wrong = mutationsOf(body, 'x1x1x1').filter((value) => !fits(value));
      expect(wrong.length).toBeGreaterThan(5);
      const workspaceId = at().newWorkspace();
      const ada = at().as({});
      const before = at().asked.length;
      for (const value of sampled(wrong, 6)) {
        const { method, path, sent } = requestOf(operation, { workspaceId, body: value });
        const { json } = await ada(method, path, sent);
        const isWide = JSON.stringify(value).length > 65_536;
        expect([value, json]).toEqual([
          value,
          expect.objectContaining({ type: isWide ? 'body-too-large' : 'invalid-input' }),
        ]);
      }
      expect(at().asked).toHaveLength(before);
      expect(at().told).toEqual([]);
    },
  );

  test('is refused where none is taken', async () => {
    const ada = at().as({});
    const path = `/workspaces/${at().newWorkspace()}/keys/abcdef/validate`;
    expect(await ada('POST', path, { body: {} })).toMatchObject({
      status: 422,
      json: { facts: { field: 'body' } },
    });
  });
});
