import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from '../vendorSandbox';
import { scanForSecrets } from './secretScan';
import { promised, PromiseBroken } from './stage';
import { tellStory, type DemoKeys } from './story';
import { Terminal } from './terminal';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Keys are told apart by their last 4 on the screen, so the story's keys differ in them. */
const issueKeys = (sandbox: VendorSandbox): DemoKeys => {
  const first = sandbox.issueKey('anthropic');
  let fresh = sandbox.issueKey('anthropic');
  while (fresh.slice(-4) === first.slice(-4)) fresh = sandbox.issueKey('anthropic');
  let other = sandbox.issueKey('openai');
  while ([first, fresh].some((key) => key.slice(-4) === other.slice(-4))) other = sandbox.issueKey('openai');
  return { first, other, fresh };
};

const main = async (): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-demo-'));
  const sandbox = await startVendorSandbox();
  const keys = issueKeys(sandbox);
  const terminal = new Terminal(print, {
    KEYTURN_DATA: join(directory, 'data'),
    KEYTURN_MASTER_KEY_FILE: join(directory, 'master-key'),
    KEYTURN_ENDPOINT_ANTHROPIC: sandbox.url,
    KEYTURN_ENDPOINT_OPENAI: sandbox.url,
  });
  let step = 0;
  const heading = (text: string): void => print(`\n${(step += 1)}. ${text}`);
  try {
    print(
      `Rotating a key, end to end. A vendor sandbox listens on ${sandbox.url}; the rest is the real thing.`,
    );
    await tellStory({ terminal, sandbox, heading }, keys);

    heading('Is any secret in clear, in any file or in anything that was printed?');
    const scan = scanForSecrets(directory, { 'the output above': terminal.transcript }, Object.values(keys));
    promised('no secret in clear', scan.found.length === 0, scan.found.join('\n'));
    print(`    ${scan.files} files, ${scan.bytes} bytes and all output searched for 3 secrets: none found.`);
    print('\nEvery step showed what it promised.');
  } finally {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

main().catch((error: unknown) => {
  const broken = error instanceof PromiseBroken;
  process.stderr.write(`\nThe demonstration failed. ${broken ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
