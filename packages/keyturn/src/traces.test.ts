import { open as openInspector } from 'node:inspector';
import { expect, test } from '@jest/globals';
import type { ServiceLog } from '@keyturn/service';
import { tellOfDebugger } from './debugger';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

const logged = (): { readonly log: ServiceLog; readonly codes: () => ReadonlyArray<unknown> } => {
  const facts: object[] = [];
  return {
    log: { info: () => undefined, warn: (told) => void facts.push(told) },
    codes: () => facts.map((told) => Reflect.get(told, 'code') as unknown),
  };
};

test('I-31: a window that is the wrong way round is no question', async () => {
  const { open, options } = at();
  const keyturn = await open();
  const { directory = '' } = options;
  const reader = await openKeyturnReader({ directory, authorize: () => true });
  try {
    for (const { audit } of [keyturn, reader]) {
      for (const query of [
        { since: 2, until: 1 },
        { since: 2, until: 2 },
      ]) {
        await expect(audit.page(ada, query)).rejects.toMatchObject({ code: 'invalid-query' });
        await expect(audit.export(ada, query)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
          code: 'invalid-query',
        });
      }
      await expect(audit.page(ada, { since: 1, until: 2 })).resolves.toMatchObject({ entries: [] });
    }
  } finally {
    await reader.close();
  }
});

test('I-36, V-10: the log is told of every test call that goes to an override, and the result says so', async () => {
  const { open, sandbox } = at();
  const { log, codes } = logged();
  const keyturn = await open({ log });
  const pasted = sandbox.issueKey('anthropic');
  const { key, validation } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  expect(validation?.endpointOverride).toBe(sandbox.url);
  await keyturn.keys.validate(ada, { keyId: key.keyId });
  expect(codes().filter((code) => code === 'endpoint-override')).toHaveLength(2);
});

test('I-37: the log is told of an inspector that is open, and nothing is refused', async () => {
  const { log, codes } = logged();
  await tellOfDebugger(log);
  expect(codes()).toEqual([]);
  const inspector = openInspector(0, '127.0.0.1');
  try {
    await tellOfDebugger(log);
  } finally {
    inspector[Symbol.dispose]();
  }
  expect(codes()).toEqual(['inspector-open']);
});
