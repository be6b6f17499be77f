import { describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '@keyturn/sqlite';
import { isKeyturnError } from './errors';
import { openKeyturn } from './openKeyturn';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

const added = async (housekeeping = false) => {
  const keyturn = await at().open({ housekeeping });
  const { key } = await keyturn.keys.add(ada, {
    vendor: 'anthropic',
    pasted: at().sandbox.issueKey('anthropic'),
  });
  return { keyturn, keyId: key.keyId };
};

describe('the hook', () => {
  test('is asked for the whole list where a beginning of an id is looked up', async () => {
    const { keyId } = await added();
    const keyturn = await at().open({
      // May see other keys one by one, but no list.
      authorize: ({ action, target }) => action !== 'ListKeys' || target.keyId !== undefined,
    });
    const no = { code: 'not-permitted' };
    await expect(keyturn.keys.find(ada, { idPrefix: keyId.slice(0, 8) })).rejects.toMatchObject(no);
    await expect(keyturn.keys.resolve(ada, keyId.slice(0, 8))).rejects.toMatchObject(no);
    await expect(keyturn.keys.resolve(ada, keyId)).rejects.toMatchObject(no);
  });

  test('that never answers does not hold up closing', async () => {
    let asked: () => void = () => undefined;
    const asking = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const keyturn = await at().open({
      authorize: () => {
        asked();
        return new Promise<boolean>(() => undefined);
      },
    });
    const listing = keyturn.keys.list(ada).catch((error: unknown) => error);
    await asking;
    await keyturn.close({ drainMs: 0 });
    await expect(listing).resolves.toMatchObject({ kind: 'fault', code: 'authorisation-failed' });
  });

  test('that throws an error whose causes go round is a fault like any other', async () => {
    const keyturn = await at().open({
      authorize: () => {
        const error = new Error('round');
        error.cause = error;
        throw error;
      },
    });
    await expect(keyturn.keys.list(ada)).rejects.toMatchObject({ code: 'authorisation-failed' });
  });
});

describe('reading', () => {
  test('with housekeeping sees what was written before, in the first answer', async () => {
    const { keyturn, keyId } = await added();
    await keyturn.close();
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(at().root, 'data', `read-models.sqlite${end}`), { force: true });
    }
    const another = await at().open({ housekeeping: true });
    await expect(another.keys.list(ada)).resolves.toMatchObject([{ keyId }]);
  });

  test('sees what a sweep has done', async () => {
    const { keyturn } = await added(true);
    await keyturn.runs.start(ada, { runId: 'r1', leaseSeconds: 1 });
    for (;;) {
      const { repairs } = await keyturn.housekeeping.sweep({ graceMs: 0, expire: true });
      if (repairs.some(({ kind }) => kind === 'lapsed-run')) break;
    }
    const { runs } = await keyturn.runs.list(ada);
    expect(runs).toMatchObject([{ outcome: 'lease-expired' }]);
  });

  test('of any list is answered where an upgrade rebuilds one of them', async () => {
    const { keyturn, keyId } = await added();
    await keyturn.audit.page(ada);
    await keyturn.close();
    const file = openSqlite(join(at().root, 'data', 'read-models.sqlite'));
    file.exec("update projection_checkpoints set version = 0 where projector = 'audit-log'");
    file.close();
    const upgraded = await at().open({ housekeeping: true });
    await upgraded.runs.start(ada, { runId: 'r1' });
    await expect(upgraded.keys.list(ada)).resolves.toMatchObject([{ keyId, runsInFlight: 1 }]);
    await expect(upgraded.runs.list(ada)).resolves.toMatchObject({ runs: [{ runId: 'r1' }] });
    const { entries } = await upgraded.audit.page(ada);
    expect(entries.map(({ type }) => type)).toContain('KeyAdded');
  });

  test('by a reader that projects nothing sees what the serving process has projected', async () => {
    const { keyturn, keyId } = await added(true);
    await keyturn.keys.list(ada);
    const { directory = '' } = at().options;
    const reader = await openKeyturnReader({ directory, authorize: () => true, project: false });
    try {
      await expect(reader.keys.list(ada)).resolves.toMatchObject([{ keyId }]);
    } finally {
      await reader.close();
    }
  });
});

describe('I-33: a query', () => {
  test('of any list is asked for, each page of an export too, and a no shows nothing', async () => {
    const { keyId } = await added();
    const asked: string[] = [];
    const keyturn = await at().open({
      authorize: ({ action, workspaceId }) => {
        asked.push(`${action} ${workspaceId ?? 'all'}`);
        return false;
      },
    });
    const everywhere = { actor: ada.actor };
    const queries: ReadonlyArray<() => Promise<unknown>> = [
      () => keyturn.keys.list(ada),
      () => keyturn.keys.find(ada, { idPrefix: keyId }),
      () => keyturn.keys.resolve(ada, keyId),
      () => keyturn.runs.list(ada),
      () => keyturn.audit.page(ada),
      () => keyturn.audit.page(everywhere),
      () => keyturn.audit.count(everywhere, 'actor'),
      () => keyturn.audit.export(everywhere)[Symbol.asyncIterator]().next(),
      () => keyturn.history.at(ada),
    ];
    for (const query of queries) await expect(query()).rejects.toMatchObject({ code: 'not-permitted' });
    expect(asked).toEqual([
      ...['ListKeys acme', 'ListKeys acme', 'ListKeys acme', 'ListRuns acme'],
      ...['ReadAudit acme', 'ReadAudit all', 'ReadAudit all', 'ReadAudit all', 'ReadHistory acme'],
    ]);
  });

  test('F-C1: of several workspaces and keys is asked for each of them', async () => {
    await added();
    const asked: string[] = [];
    const keyturn = await at().open({
      authorize: ({ workspaceId, target }) => {
        asked.push(`${workspaceId ?? 'all'} ${String(target.keyId)}`);
        return workspaceId !== 'umbrella';
      },
    });
    const ctx = { actor: ada.actor, workspaceId: ['acme', 'umbrella'] };
    const keyIds = ['key-1', 'key-2'];
    const changing = keyturn.audit.page(ctx, { keyId: keyIds });
    ctx.workspaceId.pop();
    await expect(changing).rejects.toMatchObject({ code: 'not-permitted' });
    expect(asked).toEqual(['acme key-1', 'acme key-2', 'umbrella key-1']);
    await expect(keyturn.audit.page({ ...ctx, workspaceId: [] })).rejects.toMatchObject({
      code: 'invalid-query',
    });
  });
});

describe('I-34: an actor', () => {
  test('that is housekeeping the second time is asked about as who it was the first time', async () => {
    await added();
    const asked: string[] = [];
    const keyturn = await at().open({
      authorize: ({ actor }) => {
        asked.push(actor.id);
        return false;
      },
    });
    let reads = 0;
    const actor = {
      kind: 'service' as const,
      get id() {
        reads += 1;
        return reads === 1 ? 'mallory' : 'keyturn-housekeeping';
      },
    };
    const expiring = keyturn.runs.expire({ workspaceId: 'acme', actor }, undefined);
    await expect(expiring).rejects.toMatchObject({ code: 'not-permitted' });
    expect(asked).toEqual(['mallory']);
  });

  test.each([undefined, null, 7, 'ada'])('that is none (%p) is refused as input', async (actor) => {
    const keyturn = await at().open();
    const context = { workspaceId: 'acme', actor };
    const start = async (...passed: unknown[]): Promise<unknown> => {
      const started: unknown = Reflect.apply(keyturn.runs.start, null, passed);
      return started;
    };
    await expect(start(context, { runId: 'r' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(start(actor, { runId: 'r' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(start(ada, actor)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('expiring runs', () => {
  test('at a revision ends them, in as many chunks as it takes', async () => {
    const { keyturn } = await added();
    await keyturn.runs.start(ada, { runId: 'r1', leaseSeconds: 1 });
    for (;;) {
      const { events, keyringRevision } = await keyturn.runs.expire(ada, undefined, { dryRun: true });
      if (events.length === 0) continue;
      const expired = await keyturn.runs.expire(ada, undefined, { ifRevision: keyringRevision });
      expect(expired.released).toEqual(['r1']);
      return;
    }
  });
});

describe('a Keyturn opened with dryRunOnly', () => {
  test('takes nothing but dry runs', async () => {
    const { keyId } = await added();
    const dry = await at().open({ dryRunOnly: true, housekeeping: true });
    const refused = { kind: 'fault', code: 'bad-option' };
    await expect(dry.keys.setDefault(ada, { keyId })).rejects.toMatchObject(refused);
    await expect(dry.runs.use(ada, { runId: 'r1' }, () => 'never')).rejects.toMatchObject(refused);
    await expect(dry.housekeeping.sweep()).rejects.toMatchObject(refused);
    await expect(dry.housekeeping.sweep({ dryRun: true })).resolves.toMatchObject({ dryRun: true });
    await expect(dry.runs.start(ada, { runId: 'r1' }, { dryRun: true })).resolves.toMatchObject({
      events: [{ type: 'RunKeyPinned' }],
    });
    await expect(dry.health()).resolves.toMatchObject({ housekeeping: null });
  });
});

describe('options that are none', () => {
  test.each([
    ['authorize', { authorize: undefined }],
    ['testCallsPerMinute', { testCallsPerMinute: 0 }],
    ['log', { log: { info: () => undefined } }],
    ['policy', { policy: {} }],
  ])('are told by name: %s', async (name, wrong) => {
    const options = { ...at().options, ...wrong } as unknown as Parameters<typeof openKeyturn>[0];
    const error: unknown = await openKeyturn(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-option' });
    expect(isKeyturnError(error) && error.message).toContain(name);
  });

  test('a master key that its function does not give is one that is missing', async () => {
    const masterKey = () => Promise.reject(new Error('the service is away'));
    await expect(openKeyturn({ ...at().options, masterKey })).rejects.toMatchObject({
      code: 'master-key-missing',
    });
  });

  test('another deployment than the one expected is not opened', async () => {
    await expect(openKeyturn({ ...at().options, deploymentId: 'another' })).rejects.toMatchObject({
      code: 'other-vault',
    });
  });
});

describe('closing', () => {
  test('refuses a time that is none, and waits for ever where that is asked', async () => {
    const { keyturn } = await added();
    await expect(keyturn.close({ drainMs: Number.NaN })).rejects.toMatchObject({ code: 'bad-option' });
    const another = await at().open();
    let end: (draft: string) => void = () => undefined;
    const used = another.runs.use(ada, { runId: 'r1' }, ({ signal }) => {
      const draft = new Promise<string>((resolve) => {
        end = resolve;
      });
      const closing = another.close({ drainMs: Number.POSITIVE_INFINITY });
      setImmediate(() => {
        end(`aborted: ${String(signal.aborted)}`);
      });
      void closing;
      return draft;
    });
    await expect(used).resolves.toBe('aborted: false');
  });
});
