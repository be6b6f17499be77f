import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ProblemError } from '../problems/problem';
import { readBody } from './body';
import { makeRateLimit } from './rateLimit';

const requestOf = (chunks: ReadonlyArray<Uint8Array>): Request =>
  new Request('http://127.0.0.1/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    duplex: 'half',
    body: new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    }),
  });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const isWiped = (chunk: Uint8Array): boolean => chunk.every((byte) => byte === 0);

describe('the bytes of a body', () => {
  test.each([
    ['that was read', ['{"pasted":', '"a key"}'], 100],
    ['that is no JSON', ['{"pasted":', '"a key"'], 100],
    ['that is too large', ['{"pasted":', '"a key"}'], 12],
  ])('%s are wiped', async (_what, texts, most) => {
    const chunks = texts.map(bytesOf);
    const read = await readBody(requestOf(chunks), most).catch((error: unknown) => error);
    expect(read instanceof ProblemError ? read.problem.status : read).toEqual(
      { 12: 413, 100: texts[1]?.endsWith('}') === true ? { pasted: 'a key' } : 400 }[most],
    );
    expect(chunks.map(isWiped)).toEqual([true, true]);
  });
});

describe('JSON', () => {
  test('is read as it is, unless an object names a member twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 1, max: 9 }), async (value, size) => {
        const bytes = bytesOf(JSON.stringify(value));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.slice(at * size, (at + 1) * size),
        );
        expect(await readBody(requestOf(chunks), 1_000_000)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('with a member twice is none, wherever it stands', async () => {
    const member = fc.string().map((name) => JSON.stringify(name));
    await fc.assert(
      fc.asyncProperty(member, fc.jsonValue(), fc.jsonValue(), async (name, one, other) => {
        const twice = `{${name}:${JSON.stringify(one)},${name}:${JSON.stringify(other)}}`;
        for (const text of [twice, `[1,${twice}]`, `{"a:b\\"":${twice}}`]) {
          const read = await readBody(requestOf([bytesOf(text)]), 1_000_000).catch((error: unknown) => error);
          expect(read).toMatchObject({ problem: { type: 'malformed-json' } });
        }
      }),
    );
  });
});

describe('a rate limit', () => {
  test('lets through what it says, of each session, and evenly after that', () => {
    let now = 0;
    const count = makeRateLimit(60, () => now);
    const isLet = (session: string): boolean => {
      try {
        count(session);
        return true;
      } catch {
        return false;
      }
    };
    const passed = (): number => Array.from({ length: 100 }, () => isLet('one')).filter(Boolean).length;
    expect(passed()).toBe(60);
    expect(() => {
      count('one');
    }).toThrow(expect.objectContaining({ headers: { 'Retry-After': '1' } }));
    expect(isLet('other')).toBe(true);
    now += 10_000;
    expect(passed()).toBe(10);
    now += 3_600_000;
    expect(passed()).toBe(60);
  });
});
