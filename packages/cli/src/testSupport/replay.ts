import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { openShell } from './shell';
import { Normaliser, readKeys, readSteps, withOutputs } from './transcript';
import { filesWith, openWorkshop, type Workshop } from './workshop';

export const TRANSCRIPTS = join(__dirname, '..', '..', '..', '..', 'docs', 'transcripts');
export const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';

const ON_SERVERS = '<!-- with KEYTURN_STORE and KEYTURN_VAULT -->';

/** How a key may be answered that a transcript asks for. */
export const BEHAVIOURS = [
  'valid',
  'throttled',
  'unfunded',
  'restricted',
  'rejected',
  'leaked',
  'overloaded',
  'server-error',
  'garbage',
] as const;

/** Replayed as real processes, so that the others need not be. */
export const REAL_TRANSCRIPT = 'rotation.md';

/** The transcripts' files: those with their events and their vault on servers, or the others. */
export const transcriptsWhere = (onServers: boolean): ReadonlyArray<string> =>
  readdirSync(TRANSCRIPTS)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .filter((name) => readFileSync(join(TRANSCRIPTS, name), 'utf8').includes(ON_SERVERS) === onServers);

const behaviourNamed = (name: string): (typeof BEHAVIOURS)[number] =>
  BEHAVIOURS.find((behaviour) => behaviour === name) ?? 'valid';

/** Keys are told apart by their last 4, so no two may share them. */
const issueKeys = (shop: Workshop, markdown: string, names: Normaliser): ReadonlyArray<string> => {
  const issued = new Map<string, string>();
  for (const { name, vendor, behaviour, last4 } of readKeys(markdown)) {
    let key = '';
    do key = shop.sandbox.issueKey(vendor, behaviourNamed(behaviour));
    while (issued.has(key.slice(-4)));
    issued.set(key.slice(-4), key);
    writeFileSync(join(shop.directory, `${name}.key`), key);
    names.replace(`…${key.slice(-4)}`, `…${last4}`);
    names.replace(`"last4": "${key.slice(-4)}"`, `"last4": "${last4}"`);
  }
  return [...issued.values()];
};

/**
 * Runs a transcript's commands again, each as a process of its own where `real` is said. With UPDATE_TRANSCRIPTS=1 what
 * they print is written down, and so expected.
 */
export const replay = async (
  file: string,
  {
    env = {},
    real = false,
  }: { readonly env?: Readonly<Record<string, string>>; readonly real?: boolean } = {},
): Promise<{ readonly now: string; readonly expected: string }> => {
  const markdown = readFileSync(join(TRANSCRIPTS, file), 'utf8');
  const shop = await openWorkshop({ init: false, env });
  try {
    const names = new Normaliser();
    names.replace(shop.directory, '/srv/keyturn');
    const secrets = issueKeys(shop, markdown, names);
    const shell = openShell(shop, real);
    const outputs: string[] = [];
    for (const { command } of readSteps(markdown)) {
      const { status, output } = await shell.run(names.typed(command));
      for (const secret of secrets) expect(output).not.toContain(secret);
      outputs.push(names.shown(`${output}${status === 0 ? '' : `[${status ?? 'killed'}]\n`}`));
    }
    // A rehearsal has no deployment of its own there.
    if (existsSync(shop.data)) expect(filesWith(shop.data, secrets)).toEqual([]);
    const now = withOutputs(markdown, outputs);
    if (UPDATE) writeFileSync(join(TRANSCRIPTS, file), now);
    return { now, expected: UPDATE ? now : markdown };
  } finally {
    await shop.close();
  }
};
