import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { KEYTURN, runProgram } from './keyturnProcess';
import { Normaliser, readKeys, readSteps, withOutputs } from './transcript';
import { filesWith, openWorkshop, type Workshop } from './workshop';

const TRANSCRIPTS = join(__dirname, '..', '..', '..', '..', 'docs', 'transcripts');
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';

const ON_SERVERS = '<!-- with KEYTURN_STORE and KEYTURN_VAULT -->';

/** The transcripts' files: those with their events and their vault on servers, or the others. */
export const transcriptsWhere = (onServers: boolean): ReadonlyArray<string> =>
  readdirSync(TRANSCRIPTS)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .filter((name) => readFileSync(join(TRANSCRIPTS, name), 'utf8').includes(ON_SERVERS) === onServers);

/** `keyturn` as somebody has it who is logged in as ada. */
const installCommand = (shop: Workshop): string => {
  const directory = join(shop.directory, 'bin');
  mkdirSync(directory);
  const file = join(directory, 'keyturn');
  const asAda = `case " $* " in *" --as "*) ;; *) set -- "$@" --as user:ada ;; esac`;
  writeFileSync(file, `#!/bin/sh\n${asAda}\nexec '${process.execPath}' '${KEYTURN}' "$@"\n`);
  chmodSync(file, 0o755);
  return directory;
};

/** Keys are told apart by their last 4, so no two may share them. */
const issueKeys = (shop: Workshop, markdown: string, names: Normaliser): ReadonlyArray<string> => {
  const issued = new Map<string, string>();
  for (const { name, vendor, behaviour, last4 } of readKeys(markdown)) {
    let key = '';
    do key = shop.sandbox.issueKey(vendor, behaviour === 'rejected' ? 'rejected' : 'valid');
    while (issued.has(key.slice(-4)));
    issued.set(key.slice(-4), key);
    writeFileSync(join(shop.directory, `${name}.key`), key);
    names.replace(`…${key.slice(-4)}`, `…${last4}`);
    names.replace(`"last4": "${key.slice(-4)}"`, `"last4": "${last4}"`);
  }
  return [...issued.values()];
};

/** Runs a transcript's commands again; with UPDATE_TRANSCRIPTS=1 what they print is written down, and so expected. */
export const replay = async (
  file: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly now: string; readonly expected: string }> => {
  const markdown = readFileSync(join(TRANSCRIPTS, file), 'utf8');
  const shop = await openWorkshop({ init: false, env: more });
  try {
    const names = new Normaliser();
    names.replace(shop.directory, '/srv/keyturn');
    const secrets = issueKeys(shop, markdown, names);
    const env = { ...shop.env, PATH: `${installCommand(shop)}:${shop.env['PATH'] ?? ''}` };
    const outputs: string[] = [];
    for (const { command } of readSteps(markdown)) {
      const words = ['-c', `exec 2>&1\n${names.typed(command)}`];
      const { status, stdout } = await runProgram('/bin/sh', words, { env, cwd: shop.directory });
      for (const secret of secrets) expect(stdout).not.toContain(secret);
      outputs.push(names.shown(`${stdout}${status === 0 ? '' : `[${status ?? 'killed'}]\n`}`));
    }
    expect(filesWith(shop.data, secrets)).toEqual([]);
    const now = withOutputs(markdown, outputs);
    if (UPDATE) writeFileSync(join(TRANSCRIPTS, file), now);
    return { now, expected: UPDATE ? now : markdown };
  } finally {
    await shop.close();
  }
};
