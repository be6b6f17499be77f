import { describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

describe('a Keyturn', () => {
  test('F-B1: adds, pins, hands over, finishes, lists and tells, all in JSON', async () => {
    const { open, sandbox } = at();
    const keyturn = await open();
    const pasted = sandbox.issueKey('anthropic');
    const added = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted, label: 'prod-1' });
    expect(added).toMatchObject({ becameDefault: true, validation: { outcome: 'accepted' } });
    const used = await keyturn.runs.use(ada, { runId: 'compile-1' }, ({ secret, pin }) => {
      expect(secret.authHeaders()).toEqual({ 'x-api-key': pasted });
      return pin.keyId;
    });
    expect(used).toBe(added.key.keyId);
    const { runs } = await keyturn.runs.list(ada);
    expect(runs).toMatchObject([{ runId: 'compile-1', outcome: 'succeeded' }]);
    const page = await keyturn.audit.page(ada, { order: 'oldest-first' });
    expect(page.entries.map(({ type }) => type)).toEqual([
      'KeyAdded',
      'DefaultChanged',
      'KeyTestCallStarted',
      'KeyValidated',
      'RunKeyPinned',
      'RunKeyReleased',
    ]);
    const then = await keyturn.history.at(ada);
    expect(then.keys).toMatchObject([{ display: `…${pasted.slice(-4)} · Default` }]);
    await expect(keyturn.health()).resolves.toMatchObject({ status: 'ok', secretsInUse: 0 });
    for (const result of [added, runs, page, then])
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('a reader sees the same without a master key', async () => {
    const { open, options, sandbox, root } = at();
    const keyturn = await open();
    const { key } = await keyturn.keys.add(ada, { vendor: 'openai', pasted: sandbox.issueKey('openai') });
    await keyturn.close();
    rmSync(join(root, 'master.key'));
    const { directory = '' } = options;
    const reader = await openKeyturnReader({ directory, authorize: () => true });
    try {
      await expect(reader.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId }]);
      const entries = [];
      for await (const entry of reader.audit.export({ actor: ada.actor })) entries.push(entry.type);
      expect(entries).toHaveLength(4);
      await expect(reader.history.at(ada)).resolves.toMatchObject({ revision: 3 });
    } finally {
      await reader.close();
    }
  });
});
