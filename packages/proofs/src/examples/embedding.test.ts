import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { addAKeyAndRun } from './embedding';

let sandbox: VendorSandbox;
let directory: string;
beforeEach(async () => {
  sandbox = await startVendorSandbox();
  directory = mkdtempSync(join(tmpdir(), 'keyturn-example-'));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const run = (pastedKey: string) =>
  addAKeyAndRun({
    directory: join(directory, 'data'),
    pastedKey,
    endpointOverrides: { anthropic: sandbox.url },
  });

describe('the example of the README', () => {
  test('stands in the README to the letter', () => {
    const readme = readFileSync(join(__dirname, '..', '..', '..', '..', 'README.md'), 'utf8');
    const example = readFileSync(join(__dirname, 'embedding.ts'), 'utf8');
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  test('adds a key and runs with it', async () => {
    const pasted = sandbox.issueKey('anthropic');
    const masked = `…${pasted.slice(-4)}`;
    await expect(run(pasted)).resolves.toMatchObject({
      masked: `compiling with ${masked} by workspace-default`,
      list: [`${masked} · Default`],
    });
  });

  test('shows a refusal', async () => {
    await expect(run(`${sandbox.issueKey('anthropic')} `)).resolves.toEqual({ refused: 'paste-white-space' });
  });
});
