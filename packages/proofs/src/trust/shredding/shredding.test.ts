import { expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDeployment } from '../../deployment';
import { Traces } from '../traces';
import { shredding } from './shredding';
import { SQLITE } from './sqliteVault';

// Two keys. More, with the vault on PostgreSQL as well, and faulty parts are for `scripts/trust`.
test('nothing of a destroyed key is left, and no process gives it out', async () => {
  const { figures, violations } = await shredding.run({ until: 0, seed: 1, progress: () => undefined });
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ rounds: 1, keys: 2 });
  expect(figures['releases']).toBeGreaterThanOrEqual(4);
});

test('what is left of a key is found: sealed or in clear, whole or a piece, in any file', async () => {
  const deployment = await newDeployment();
  const { data, sandbox } = deployment;
  const ada = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } } as const;
  const vault = await SQLITE.open(() => deployment.vaultDirectory);
  try {
    const keyturn = await deployment.open();
    const pasted = sandbox.issueKey('anthropic');
    const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
    const sealed = await vault.sealedBytesOf('acme', key.keyId);
    expect(sealed).toHaveLength(2);
    const values = [...sealed, Buffer.from(pasted)];
    const traces = new Traces();
    values.forEach((value, n) => traces.add(value.subarray(16), `value ${n}`));
    const found = (): string => traces.search(data).traces.join('\n');
    expect(found()).toContain('value 0 in ');
    expect(found()).toContain('value 1 in ');
    await keyturn.keys.hardDelete(ada, { keyId: key.keyId, caseId: 'C-1' });
    expect(found()).toBe('');
    for (const [n, value] of values.entries()) {
      appendFileSync(join(data, `piece-${n}`), value.subarray(value.length - 30));
      expect(found()).toContain(`value ${n} in piece-${n}`);
    }
  } finally {
    await deployment.close();
  }
});
