import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fixedPartsOf, scanForSecrets } from '@keyturn/testbed';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { chosenStore, STORES } from './chosenStore';
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

const HELP = `Tells the story of a key rotation, for real: sealing, test calls over HTTP, events on disk, read models.

Usage: scripts/demo [--store ${STORES}]

  --store   where the events go: embedded (SQLite, the default), eventstoredb (a server for development that is started
            for the demonstration), or the connection string of a server without keyrings

Exit status: 0 when every step showed what is promised, 1 when one did not, 2 for a wrong option.`;

/** Null when there is nothing to tell: help was asked for, or the options are wrong. */
const askedFor = (words: ReadonlyArray<string>): { readonly store: string } | null => {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { store: { type: 'string', default: 'embedded' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help !== true) return { store: values.store };
    print(HELP);
  } catch {
    process.stderr.write(`${HELP}\n`);
    process.exitCode = 2;
  }
  return null;
};

const main = async (): Promise<void> => {
  const asked = askedFor(process.argv.slice(2));
  if (asked === null) return;
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-demo-'));
  const store = await chosenStore(asked.store, join(directory, 'event-store'));
  const sandbox = await startVendorSandbox();
  const keys = issueKeys(sandbox);
  const terminal = new Terminal(print, {
    KEYTURN_DATA: join(directory, 'data'),
    KEYTURN_VAULT: '', // not one of whoever watches: it would have a master key that is thrown away
    KEYTURN_MASTER_KEY_FILE: join(directory, 'master-key'),
    KEYTURN_ENDPOINT_ANTHROPIC: sandbox.url,
    KEYTURN_ENDPOINT_OPENAI: sandbox.url,
    ...store.environment,
  });
  let step = 0;
  const heading = (text: string): void => print(`\n${(step += 1)}. ${text}`);
  try {
    print(
      `Rotating a key, end to end. A vendor sandbox listens on ${sandbox.url}; the rest is the real thing.`,
    );
    await tellStory({ terminal, sandbox, heading }, keys);

    heading('Is any secret in clear, in any file or in anything that was printed?');
    const scan = scanForSecrets(
      directory,
      { 'the output above': terminal.transcript },
      Object.values(keys).map((content: string) => ({ content, fixed: fixedPartsOf(content) })),
    );
    promised('no secret in clear', scan.found.length === 0, scan.found.join('\n'));
    print(`    ${scan.files} files, ${scan.bytes} bytes and all output searched for 3 secrets: none found.`);
    print('\nEvery step showed what it promised.');
  } finally {
    await sandbox.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

main().catch((error: unknown) => {
  const broken = error instanceof PromiseBroken;
  process.stderr.write(`\nThe demonstration failed. ${broken ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
