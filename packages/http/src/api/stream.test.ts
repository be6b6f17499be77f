import { afterEach, describe, expect, test } from '@jest/globals';
import { noBody, nothing, object } from '../codecs/codec';
import { text } from '../codecs/words';
import type { ToldFault } from '../options';
import { atWork } from '../testSupport/atWork';
import { servedOnNode, type Listening } from '../testSupport/listening';
import { stream } from './stream';

const at = atWork();

let server: Listening | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Entry {
  readonly line: string;
}

/** Serves entries as a route does. */
const serving = async (
  entries: () => AsyncIterable<Entry>,
): Promise<{ readonly url: string; readonly told: ReadonlyArray<ToldFault> }> => {
  const { keyturn } = at();
  const told: ToldFault[] = [];
  const route = stream({
    id: 'exportLines',
    path: '/lines',
    summary: 'Export lines',
    tag: 'Audit log',
    permission: null,
    scope: 'none',
    isPaged: false,
    isLarge: false,
    params: nothing,
    query: nothing,
    body: noBody,
    answer: object('Line', { line: text }),
    ask: entries,
  });
  const identity = {
    actor: { kind: 'user', id: 'ada' },
    workspaces: 'all',
    permissions: 'all',
    sessionId: 's',
  } as const;
  const options = {
    keyturn,
    identify: () => identity,
    stepUp: () => true,
    onFault: (fault: ToldFault) => told.push(fault),
  };
  server = await servedOnNode((request) =>
    route.serve({
      keyturn,
      identity,
      workspaceId: '',
      params: {},
      request,
      options,
      body: () => Promise.resolve(undefined),
    }),
  );
  return { url: server.url, told };
};

/** What came of an answer until it ended or broke off. */
const readOf = async ({ body }: Response): Promise<{ readonly lines: string; readonly isWhole: boolean }> => {
  const decoder = new TextDecoder();
  let lines = '';
  try {
    for await (const chunk of body ?? []) lines += decoder.decode(chunk as Uint8Array);
    return { lines, isWhole: true };
  } catch {
    return { lines, isWhole: false };
  }
};

const endless = (ended: () => void) =>
  async function* (): AsyncGenerator<Entry> {
    try {
      for (;;) yield { line: 'x'.repeat(100_000) };
    } finally {
      ended();
    }
  };

describe('lines', () => {
  test('end where there are no more', async () => {
    const { url, told } = await serving(async function* () {
      yield* [{ line: 'one' }, { line: 'two' }];
    });
    const read = await readOf(await fetch(url));
    expect(read).toEqual({ lines: '{"line":"one"}\n{"line":"two"}\n', isWhole: true });
    expect(told).toEqual([]);
  });

  test('break off where reading on fails: nobody takes them for all, or learns why', async () => {
    const { url, told } = await serving(async function* () {
      yield { line: 'one' };
      throw new Error('the disk at /var/lib is full');
    });
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const { lines, isWhole } = await readOf(response);
    expect(isWhole).toBe(false);
    expect(lines).not.toContain('/var/lib');
    expect(told).toMatchObject([
      { method: 'GET', path: '/lines', error: { message: expect.stringContaining('/var/lib') } },
    ]);
  });

  test.each([
    ['where their reader goes away', async (url: string) => (await fetch(url)).body?.cancel()],
    ['where nobody asks for them', (url: string) => fetch(url, { method: 'HEAD' })],
  ])('are read no further %s', async (_where, visit) => {
    const ended = new Promise<void>((resolve) => {
      void serving(endless(resolve)).then(async ({ url }) => {
        await visit(url);
      });
    });
    await expect(ended).resolves.toBeUndefined();
  });
});
