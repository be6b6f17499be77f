import { describe, expect, test } from '@jest/globals';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyturn } from '../openKeyturn';
import { ada, atWork } from '../testSupport/atWork';

const at = atWork({ made: false });

describe('opening', () => {
  test('is refused where nothing is, and makes nothing', async () => {
    const { options, root } = at();
    await expect(openKeyturn(options)).rejects.toMatchObject({ kind: 'fault', code: 'not-initialised' });
    expect(existsSync(join(root, 'data'))).toBe(false);
  });

  test("with 'if-missing' makes a deployment where nothing is, and opens it the next time", async () => {
    const { options, opened, sandbox } = at();
    const first = opened(await openKeyturn({ ...options, create: 'if-missing' }));
    const { key } = await first.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    await first.close();
    const second = opened(await openKeyturn({ ...options, create: 'if-missing' }));
    expect(second.deploymentId).toBe(first.deploymentId);
    await expect(second.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId, isDefault: true }]);
  });

  test("with 'if-missing' takes a key without its vault for a volume that is not mounted", async () => {
    const { options, opened, root } = at();
    await opened(await openKeyturn({ ...options, create: 'if-missing' })).close();
    rmSync(join(root, 'data'), { recursive: true });
    await expect(openKeyturn({ ...options, create: 'if-missing' })).rejects.toMatchObject({
      code: 'incomplete-data-directory',
    });
    expect(existsSync(join(root, 'data'))).toBe(false);
  });

  test("refuses 'if-missing' with a key whose absence can't be seen", async () => {
    const { options } = at();
    const load = () => Promise.resolve(Buffer.alloc(32, 1));
    await expect(
      openKeyturn({ ...options, masterKey: { load }, create: 'if-missing' }),
    ).rejects.toMatchObject({
      code: 'bad-option',
    });
  });
});

/** Only root gives directories away: elsewhere this is left out, and jest says so. */
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

describeAsRoot('I-23: a data directory that another user made', () => {
  test('is refused, and left as it is', async () => {
    const { options, root } = at();
    const data = join(root, 'data');
    mkdirSync(data);
    chmodSync(data, 0o755);
    chownSync(data, 65_534, 65_534);
    await expect(openKeyturn({ ...options, create: 'if-missing' })).rejects.toMatchObject({
      kind: 'fault',
      code: 'unsafe-files',
      next: ['mend-permissions', 'name-directory'],
    });
    expect(readdirSync(data)).toEqual([]);
    expect(statSync(data).mode & 0o777).toBe(0o755);
  });
});
