import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { judgeBeforeCommit } from './critic';

let sandbox: VendorSandbox;
let directory: string;
let credentialFile: string;
beforeEach(async () => {
  sandbox = await startVendorSandbox();
  directory = mkdtempSync(join(tmpdir(), 'keyturn-critic-'));
  credentialFile = join(directory, 'operator-anthropic');
});
afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const answering = (text: string): string =>
  sandbox.issueKey('anthropic', {
    answer: { status: 200, headers: {}, body: JSON.stringify({ content: [{ type: 'text', text }] }) },
  });
const judged = () => judgeBeforeCommit({ credentialFile, draft: 'A draft.', origin: sandbox.url });
const keep = (credential: string, path = credentialFile): void =>
  writeFileSync(path, `${credential}\n`, { mode: 0o600 });

describe('the critic of docs/operator-credentials.md', () => {
  test('stands there to the letter', () => {
    const document = readFileSync(
      join(__dirname, '..', '..', '..', '..', '..', 'docs', 'operator-credentials.md'),
      'utf8',
    );
    expect(document).toContain(`\`\`\`ts\n${readFileSync(join(__dirname, 'critic.ts'), 'utf8')}\`\`\``);
  });

  test.each([
    ['y', true],
    ['n', false],
  ])('is told %s on the operator’s credential', async (answer, commit) => {
    const credential = answering(answer);
    keep(credential);
    await expect(judged()).resolves.toEqual({ commit });
    expect(sandbox.calls.map(({ key }) => key)).toEqual([credential]);
  });

  test('takes a credential that took the old one’s place, without a restart', async () => {
    const [old, next] = [answering('y'), answering('n')];
    keep(old);
    await judged();
    const beside = `${credentialFile}.new`;
    keep(next, beside);
    renameSync(beside, credentialFile);
    await expect(judged()).resolves.toEqual({ commit: false });
    expect(sandbox.calls.map(({ key }) => key)).toEqual([old, next]);
  });

  test('lets nothing through without its credential, and calls nobody', async () => {
    await expect(judged()).resolves.toEqual({ commit: false, without: 'missing' });
    keep(answering('y'));
    chmodSync(credentialFile, 0o640);
    await expect(judged()).resolves.toEqual({ commit: false, without: 'exposed' });
    expect(sandbox.calls).toEqual([]);
  });

  test('fails when the vendor does not take the credential', async () => {
    keep(sandbox.issueKey('anthropic', 'rejected'));
    await expect(judged()).rejects.toThrow('status 401');
  });
});
