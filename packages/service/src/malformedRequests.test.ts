import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { longRuns } from '@keyturn/testbed/sampling';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { setImmediate as turn } from 'node:timers/promises';
import type { CallContext } from './context';
import type { Keyturn } from './keyturn';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { historyOf } from './testSupport/stream';

const site = freshSite();

type Call = TE.TaskEither<unknown, unknown>;

const isTask = (value: unknown): value is Call => typeof value === 'function';

/** As plain JavaScript calls it, or TypeScript that was told to be quiet. */
const untyped = (keyturn: Keyturn): Readonly<Record<string, (...passed: unknown[]) => Call>> => {
  const calls = Object.entries({ ...keyturn, ...prefixed(keyturn.foresee) }).flatMap(([name, call]) =>
    typeof call === 'function' ? [[name, call] as const] : [],
  );
  return Object.fromEntries(
    calls.map(([name, call]) => [
      name,
      (...passed: unknown[]): Call => {
        const task: unknown = Reflect.apply(call, null, passed);
        if (!isTask(task)) throw new Error(`${name} gives no task`);
        return task;
      },
    ]),
  );
};

const prefixed = (calls: Keyturn['foresee']): object =>
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [`foresee ${name}`, call]));

/** A getter that gives one thing first, and another from then on. */
const turning = (name: string, first: unknown, then: unknown): { readonly object: object; reads: number } => {
  const watched = {
    reads: 0,
    object: Object.defineProperty({}, name, {
      enumerable: true,
      get: () => (watched.reads++ === 0 ? first : then),
    }),
  };
  return watched;
};

describe('I-32: a malformed request', () => {
  test('with a member too many is refused by itself; all that were sent with it succeed', async () => {
    const { key } = await addedKey(site());
    const { startRun, hardDeleteKey } = untyped(site().keyturn);
    if (startRun === undefined || hardDeleteKey === undefined) throw new Error('no use case');
    const as = site().as;
    const mallory = as({ actor: { kind: 'user', id: 'mallory' } });
    const [a, b, c, d] = await Promise.all([
      startRun(as(), { runId: 'a' })(),
      startRun(mallory, { runId: 'b', choice: { kind: 'default', extra: 1 } })(),
      startRun(as(), { runId: 'c' })(),
      hardDeleteKey(as(), { keyId: key.keyId, caseId: 'C-1' })(),
    ]);
    expect(b).toMatchObject({ _tag: 'Left', left: { code: 'invalid-input', facts: { field: 'choice' } } });
    expect([a, c, d]).toMatchObject([{ _tag: 'Right' }, { _tag: 'Right' }, { _tag: 'Right' }]);
  });

  test('that is no member of its kind is refused by name', async () => {
    const { keyId } = (await addedKey(site())).key;
    const calls = untyped(site().keyturn);
    const refusedFor = async (name: string, ...passed: ReadonlyArray<unknown>): Promise<unknown> => {
      const outcome = await calls[name]?.(...passed)();
      return outcome === undefined || E.isRight(outcome) ? outcome : outcome.left;
    };
    const field = (name: string) => ({ code: 'invalid-input', facts: { field: name } });
    const as = site().as();
    for (const none of [undefined, null, 7, 'acme', [], Symbol('none')]) {
      expect(await refusedFor('startRun', none, { runId: 'r' })).toMatchObject(field('context'));
      expect(await refusedFor('startRun', { ...as, actor: none }, { runId: 'r' })).toMatchObject(
        field('actor'),
      );
      expect(await refusedFor('startRun', as, none)).toMatchObject(field('request'));
    }
    expect(await refusedFor('deleteKey', as, { keyId, leaveEmpty: 'yes' })).toMatchObject(
      field('leaveEmpty'),
    );
    expect(await refusedFor('deleteKey', as, { keyId, leaveempty: true })).toMatchObject(field('request'));
    expect(await refusedFor('startRun', { ...as, expectedRevision: {} }, { runId: 'r' })).toMatchObject(
      field('expectedRevision'),
    );
    expect(await refusedFor('startRun', { ...as, issuedAt: 1.5 }, { runId: 'r' })).toMatchObject(
      field('issuedAt'),
    );
    expect(await refusedFor('startRun', { ...as, signal: {} }, { runId: 'r' })).toMatchObject(
      field('signal'),
    );
    expect(await refusedFor('startRun', { ...as, admin: true }, { runId: 'r' })).toMatchObject(
      field('context'),
    );
    expect(await refusedFor('addKey', as, { vendor: 'anthropic', pasted: 7 })).toMatchObject(field('pasted'));
    expect(await refusedFor('history', as, { At: 7 })).toMatchObject(field('request'));
    expect(
      await refusedFor('startRun', as, { runId: 'r', choice: { kind: 'key', keyId, vendor: 'openai' } }),
    ).toMatchObject(field('choice'));
  });
});

describe('I-34: each member is read once', () => {
  test('an actor that is another one the second time acts as the first, or is refused', async () => {
    await addedKey(site());
    const { startRun } = untyped(site().keyturn);
    const kind = turning('kind', 'user', 'system');
    const actor = Object.defineProperty(kind.object, 'id', { enumerable: true, value: 'keyturn' });
    await expectRight(startRun?.({ workspaceId: 'acme', actor }, { runId: 'r' }) ?? TE.left('none'));
    expect(kind.reads).toBe(1);
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last?.envelope.actor).toEqual({ kind: 'user', id: 'keyturn' });
  });

  test('the hook is asked about the key that the run is pinned to', async () => {
    const [one, two] = [(await addedKey(site())).key.keyId, (await addedKey(site(), 'openai')).key.keyId];
    const asked: unknown[] = [];
    const { startRun } = untyped(
      site().another({
        authorize: ({ target }) => {
          asked.push(target.keyId);
          return Promise.resolve(true);
        },
      }),
    );
    const keyId = turning('keyId', one, two);
    const choice = Object.defineProperty(keyId.object, 'kind', { enumerable: true, value: 'key' });
    const pin = await expectRight(startRun?.(site().as(), { runId: 'r', choice }) ?? TE.left('none'));
    expect(pin).toMatchObject({ keyId: one });
    expect(asked).toEqual([one]);
    expect(keyId.reads).toBe(1);
  });
});

const codeOf = (outcome: E.Either<unknown, unknown>): string => {
  const left: unknown = E.isLeft(outcome) ? outcome.left : null;
  return typeof left === 'object' && left !== null && 'code' in left ? String(left.code) : '';
};

/** Anything that a program can pass, and what throws or changes when it is looked at. */
const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    Symbol('s'),
    () => 'called',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('get');
        },
        ownKeys: () => {
          throw new Error('ownKeys');
        },
      },
    ),
    new Proxy(
      {},
      { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
    ),
    {
      get toString(): never {
        throw new Error('toString');
      },
    },
    {
      toJSON: () => {
        throw new Error('toJSON');
      },
    },
    { kind: 'default', extra: 1 },
    { kind: 'key', keyId: { toString: () => 'k' } },
    '\ud800',
    'a'.repeat(100_000),
  ),
);

const CONTEXT_MEMBERS = [
  'workspaceId',
  'actor',
  'commandId',
  'correlationId',
  'causationId',
  'issuedAt',
  'expectedRevision',
  'signal',
  'unknown',
] as const;

test('whatever one guest passes, commands of others at the same moment succeed, and the guest is refused', async () => {
  const { keyId } = (await addedKey(site())).key;
  const requests: Readonly<Record<string, object>> = {
    addKey: {
      vendor: 'anthropic',
      pasted: 'x',
      label: 'l',
      endpoint: 'e',
      region: 'r',
      model: 'm',
      clean: true,
    },
    validateKey: { keyId: 'none' },
    setDefault: { keyId, projectId: 'p' },
    clearProjectDefault: { projectId: 'p' },
    deleteKey: { keyId: 'none', successor: keyId, leaveEmpty: false },
    hardDeleteKey: { keyId: 'none', successor: keyId, caseId: 'C', reason: 'leak' },
    reportLeak: { keyId: 'none', caseId: 'C' },
    startRun: { runId: 'r', projectId: 'p', choice: { kind: 'default' }, leaseSeconds: 9, onlyNew: false },
    startRunWithSecret: { runId: 'r', projectId: 'p', choice: { kind: 'default' }, leaseSeconds: 9 },
    resumeRun: { runId: 'r', leaseSeconds: 9 },
    finishRun: { runId: 'r', outcome: 'failed' },
    expireRuns: {},
    history: { at: 1, keyId },
    'foresee startRun': { runId: 'r', choice: { kind: 'default' } },
    'foresee deleteKey': { keyId, leaveEmpty: true },
  };
  const calls = untyped(site().keyturn);
  const guest: CallContext = { workspaceId: 'acme', actor: { kind: 'user', id: 'mallory' } };
  let n = 0;
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(...Object.keys(requests))
        .chain((name) =>
          fc.tuple(
            fc.constant(name),
            fc.constantFrom<readonly ['context' | 'request', string]>(
              ...CONTEXT_MEMBERS.map((member) => ['context', member] as const),
              ...[...Object.keys(requests[name] ?? {}), 'unknown'].map(
                (member) => ['request', member] as const,
              ),
            ),
          ),
        ),
      garbage,
      async ([name, [where, member]], value) => {
        n += 1;
        const context = where === 'context' ? { ...guest, [member]: value } : guest;
        const request = where === 'request' ? { ...requests[name], [member]: value } : requests[name];
        const use = () => TE.right('used');
        const call = (runId: string): Call => calls['startRun']?.(site().as(), { runId }) ?? TE.left('none');
        const [before, theirs, after] = await Promise.all([
          call(`before-${n}`)(),
          calls[name]?.(context, request, use)(),
          call(`after-${n}`)(),
        ]);
        await turn();
        expect([before, after]).toMatchObject([{ _tag: 'Right' }, { _tag: 'Right' }]);
        if (theirs === undefined) throw new Error(`no ${name}`);
        expect(codeOf(theirs)).not.toMatch(/unencodable|defect/);
        const isCertain = member === 'unknown' && !(name === 'expireRuns' && where === 'request');
        expect(isCertain ? codeOf(theirs) : 'invalid-input').toBe('invalid-input');
      },
    ),
    { numRuns: longRuns(400) },
  );
  expect(await leftOf(site().keyturn.validateKey(site().as(), { keyId: 'none' }))).toMatchObject({
    code: 'unknown-key',
  });
});
