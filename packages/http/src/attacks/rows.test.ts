import { beforeAll, describe, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork, type Answer, type Send } from '../testSupport/atWork';
import { OPERATIONS, type Operation } from '../testSupport/operations';
import { requestOf } from '../testSupport/requests';
import { placesIn, takesText } from '../testSupport/schemaSamples';

const at = atWork({ allowVendorAdminCredentials: true, limits: { requestsPerMinute: 1_000_000 } });

const named = (operations: ReadonlyArray<Operation>): ReadonlyArray<readonly [string, Operation]> =>
  operations.map((operation) => [operation.id, operation]);

/** Stands in every name of theirs that nobody sends: no answer to anybody else has it. */
const MARK = 'zq9x';
const hidden = (what: string): string => `${what}-${MARK}`;

/** Names of theirs that somebody guessed. What is hidden belongs to the same key. */
interface Guessed {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly runId: string;
  readonly projectId: string;
  readonly caseId: string;
  readonly actorId: string;
  readonly originRef: string;
}

let theirs: Guessed;
/** Cursors of their lists, which end in the middle. */
let cursors: ReadonlyArray<string>;
let certificate: string;
/** A key that is on file in both workspaces: whoever stole it asks whose it is. */
let shared: string;
let own: { readonly workspaceId: string; readonly keyId: string };

const memberOf = ({ json }: Answer, member: string): string =>
  String(Object.entries(json ?? {}).find(([name]) => name === member)?.[1]);

/** A workspace of somebody else, with rows in each list. */
const furnish = async (workspaceId: string): Promise<Guessed> => {
  const { keyturn } = at();
  const names = {
    runId: 'run-7',
    projectId: 'project-7',
    caseId: 'CASE/7',
    actorId: 'eve',
    originRef: 'o-7',
  };
  const as = (id: string, originRef: string) =>
    ({
      workspaceId,
      actor: { kind: 'user', id, originRef },
      correlationId: hidden('request'),
      causationId: hidden('cause'),
    }) as const;
  const [eve, other] = [as(names.actorId, names.originRef), as(hidden('eve'), hidden('origin'))];
  const { key } = await keyturn.keys.add(eve, {
    vendor: 'anthropic',
    pasted: shared,
    label: hidden('label'),
  });
  const { keyId } = key;
  const { runId, projectId, caseId } = names;
  await keyturn.keys.setDefault(eve, { keyId, projectId });
  await keyturn.keys.setDefault(other, { keyId, projectId: hidden('project') });
  await keyturn.runs.start(eve, { runId, projectId });
  await keyturn.runs.start(other, { runId: hidden('run'), projectId: hidden('project') });
  await keyturn.support.report(eve, { keyId, caseId, source: hidden('source') });
  await keyturn.support.report(other, { keyId, caseId: hidden('CASE') });
  const refused = [hidden('refused'), hidden('refused-2')];
  for (const each of refused) {
    await keyturn.keys.relabel(other, { keyId: each, label: null }).catch(() => undefined);
  }
  return { workspaceId, keyId, ...names };
};

beforeAll(async () => {
  const { keyturn, sandbox, newWorkspace } = at();
  shared = sandbox.issueKey('anthropic');
  theirs = await furnish(`${newWorkspace()}-${MARK}`);
  const { workspaceId } = theirs;
  const eve = at().as({ actor: { kind: 'user', id: 'eve' }, workspaces: [workspaceId] });
  cursors = await Promise.all(
    ['runs?', 'audit?', 'refused-attempts?', 'audit?order=oldest-first&'].map(async (list) => {
      const page = await eve('GET', `/workspaces/${workspaceId}/${list}limit=1`);
      return memberOf(page, 'next');
    }),
  );
  const ctx = { workspaceId, actor: { kind: 'user', id: 'eve' } } as const;
  const gone = await keyturn.keys.add(ctx, { vendor: 'openai', pasted: sandbox.issueKey('openai') });
  await keyturn.keys.delete(ctx, { keyId: gone.key.keyId });
  certificate = memberOf(
    await eve('GET', `/workspaces/${workspaceId}/keys/${gone.key.keyId}/certificate`),
    'text',
  );

  const mine = { workspaceId: newWorkspace(), actor: { kind: 'user', id: 'ada' } } as const;
  const { key } = await keyturn.keys.add(mine, { vendor: 'anthropic', pasted: shared });
  own = { workspaceId: mine.workspaceId, keyId: key.keyId };
  for (const runId of ['r1', 'r2']) await keyturn.runs.start(mine, { runId });
});

const isTold = ({ text, headers }: Answer): boolean =>
  `${text}${JSON.stringify([...headers])}`.includes(MARK);

/** What somebody may put into a member, by its name; the id of their key where nothing is said. */
const guessesFor = (name: string): ReadonlyArray<string> => {
  switch (name) {
    case 'cursor':
      return cursors;
    case 'named':
      return ['run', 'eve', 'CASE', 'origin', 'project'].map((what) => hidden(what).slice(0, -1));
    case 'pasted':
      return [shared];
    case 'text':
      return [certificate];
    case 'runId':
    case 'projectId':
    case 'caseId':
    case 'actorId':
    case 'originRef':
      return [theirs[name]];
    default:
      return [theirs.keyId];
  }
};

const isOfCaller = ({ scope }: Operation): boolean => scope !== 'all';

test('there is something to be found, by whoever it belongs to', async () => {
  const { workspaceId, keyId } = theirs;
  const eve = at().as({ workspaces: [workspaceId] });
  for (const list of ['keys', `keys/${keyId}`, 'runs', 'audit', 'refused-attempts']) {
    expect((await eve('GET', `/workspaces/${workspaceId}/${list}`)).text).toContain(MARK);
  }
  expect(cursors.filter((cursor) => ['undefined', 'null'].includes(cursor))).toEqual([]);
  expect(certificate).toContain(workspaceId);
});

describe("another's workspace", () => {
  test.each(named(OPERATIONS.filter(({ scope }) => scope === 'workspace')))(
    'is the same as none, and nothing is asked of it: %s',
    async (_id, operation) => {
      const ada = at().as({ workspaces: [own.workspaceId] });
      const before = at().asked.length;
      const looks = await Promise.all(
        [theirs.workspaceId, at().newWorkspace()].map((workspaceId) => {
          const { method, path, sent } = requestOf(operation, { workspaceId, text: theirs.keyId });
          return ada(method, path, sent);
        }),
      );
      const [there, nowhere] = looks;
      expect(there).toMatchObject({ status: 404, json: { type: 'unknown-workspace' } });
      expect(there?.text).toBe(nowhere?.text);
      expect([...(there?.headers.keys() ?? [])]).toEqual([...(nowhere?.headers.keys() ?? [])]);
      expect(at().asked).toHaveLength(before);
    },
  );

  const reached = async (ada: Send, operation: Operation, request: object): Promise<void> => {
    const { method, path, sent } = requestOf(operation, { workspaceId: own.workspaceId, ...request });
    const answer = await ada(method, path, sent);
    expect([path, isTold(answer)]).toEqual([path, false]);
    expect(answer.status).toBeLessThan(500);
  };

  test.each(named(OPERATIONS.filter(isOfCaller)))(
    'is not reached by a name of its own, wherever that is put: %s',
    async (_id, operation) => {
      const { parameters, body } = operation;
      const ada = at().as({ workspaces: [own.workspaceId] });
      // Whoever gives support to one workspace alone.
      const grace = at().as({ actor: { kind: 'support', id: 'grace' }, workspaces: [own.workspaceId] });
      const trusted = { workspaceId: theirs.workspaceId, actor: { kind: 'user', id: 'eve' } } as const;
      const before = await at().keyturn.keys.checked(trusted);
      at().asked.length = 0;
      const guessed = parameters.flatMap(({ name, in: place, schema }) => {
        const isWord = !takesText({ schema }) && schema['type'] !== 'array';
        if (place === 'header' || name === 'workspaceId' || isWord) return [];
        return guessesFor(name).map((guess) => ({ [place]: { [name]: guess } }));
      });
      const pasted = (body === null ? [] : placesIn(body, own.keyId).filter(takesText)).flatMap((place) =>
        guessesFor(place.names.at(-1) ?? '').map((guess) => ({
          text: own.keyId,
          body: place.valueWith(guess),
        })),
      );
      const beside = ['workspaceId', 'workspace'].flatMap((name) => [
        { query: { [name]: theirs.workspaceId } },
        { headers: { [name]: theirs.workspaceId } },
      ]);
      await reached(ada, operation, {});
      await reached(ada, operation, { text: own.keyId });
      await reached(ada, operation, { text: theirs.keyId });
      for (const request of sampled([...guessed, ...beside], 5)) {
        await reached(ada, operation, request);
      }
      for (const request of sampled(pasted, 3)) {
        for (const sender of [ada, grace]) await reached(sender, operation, request);
      }
      expect(new Set(at().asked.map((one) => one.workspaceId))).toEqual(
        new Set(at().asked.length === 0 ? [] : [own.workspaceId]),
      );
      expect(await at().keyturn.keys.checked(trusted)).toEqual(before);
    },
  );

  test.each([
    ['by dots', (mine: string, other: string) => `/workspaces/${mine}/../${other}/keys`],
    ['by encoded dots', (mine: string, other: string) => `/workspaces/${mine}/%2e%2e/${other}/keys`],
    ['by an encoded slash', (mine: string, other: string) => `/workspaces/${mine}%2F..%2F${other}/keys`],
    ['by a list', (mine: string, other: string) => `/workspaces/${mine},${other}/keys`],
    ['by a part of its name', (mine: string) => `/workspaces/${mine.slice(0, -1)}/keys`],
    ['by a NUL', (mine: string, other: string) => `/workspaces/${other}%00${mine}/keys`],
    ['by twice encoded letters', (_mine: string, other: string) => `/workspaces/%25${other}/keys`],
    ['by a wide letter', (_mine: string, other: string) => `/workspaces/${other.replace('w', 'ｗ')}/keys`],
    ['by another spelling', (_mine: string, other: string) => `/workspaces/${other.toUpperCase()}/keys`],
    ['by bytes that are no text', (_mine: string, other: string) => `/workspaces/${other}%ff/keys`],
  ])('is not reached %s', async (_how, pathTo) => {
    const answer = await at().as({ workspaces: [own.workspaceId] })(
      'GET',
      pathTo(own.workspaceId, theirs.workspaceId),
    );
    expect(answer.status).toBe(404);
    expect(isTold(answer)).toBe(false);
  });
});
