import { join } from 'node:path';
import { fixedPartsOf, scanForSecrets } from '@keyturn/testbed';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { chosenStore } from './chosenStore';
import { demoFolder, whatToTypeNext, type DemoFolder } from './folder';
import { issueKeys } from './issueKeys';
import { demoOptions, HELP, type DemoOptions } from './options';
import { promised, PromiseBroken } from './stage';
import { tellStory } from './story';
import { Terminal } from './terminal';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Null when there is nothing to tell: help was asked for, or the options are wrong. */
const askedFor = (words: ReadonlyArray<string>): DemoOptions | null => {
  const options = demoOptions(words);
  if (options === 'help') print(HELP);
  if (options === 'wrong') {
    process.stderr.write(`${HELP}\n`);
    process.exitCode = 2;
  }
  return typeof options === 'string' ? null : options;
};

/** Null when there is something already where the story was to be kept. */
const folderFor = ({ keep }: DemoOptions): DemoFolder | null => {
  const folder = demoFolder(keep);
  if (folder !== null) return folder;
  process.stderr.write(`${keep ?? ''} is not empty. Name another folder, or remove it.\n`);
  process.exitCode = 2;
  return null;
};

const main = async (): Promise<void> => {
  const asked = askedFor(process.argv.slice(2));
  const folder = asked === null ? null : folderFor(asked);
  if (asked === null || folder === null) return;
  const store = await chosenStore(asked.store, join(folder.path, 'event-store'));
  const sandbox = await startVendorSandbox();
  const keys = issueKeys(sandbox);
  const terminal = new Terminal(print, {
    KEYTURN_DATA: folder.data,
    KEYTURN_VAULT: '', // not one of whoever watches: it would have a master key that is thrown away
    KEYTURN_MASTER_KEY_FILE: folder.masterKey,
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
      folder.path,
      { 'the output above': terminal.transcript },
      Object.values(keys).map((content: string) => ({ content, fixed: fixedPartsOf(content) })),
    );
    promised('no secret in clear', scan.found.length === 0, scan.found.join('\n'));
    print(`    ${scan.files} files, ${scan.bytes} bytes and all output searched for 3 secrets: none found.`);
    print('\nEvery step showed what it promised.');
    if (asked.keep !== null) {
      print('');
      for (const line of whatToTypeNext(folder, asked.store !== 'embedded')) print(line);
    }
  } finally {
    await sandbox.close();
    await store.close();
    folder.end();
  }
};

main().catch((error: unknown) => {
  const broken = error instanceof PromiseBroken;
  process.stderr.write(`\nThe demonstration failed. ${broken ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
