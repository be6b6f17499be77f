import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '@keyturn/sqlite';
import { makeMasterKey } from '../canary';
import { writeUnshared } from '@keyturn/testbed';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import { startPostgres, whyNoPostgres } from '@keyturn/testbed/postgres';
import type { CommandSite } from './commandSite';
import type { CommandScenario } from './scenario';

const useIt = async ({ round, run, workspace }: CommandSite, keyId: string): Promise<void> => {
  const at = ['--workspace', workspace];
  const commands = [
    ['runs', 'start', 'r', ...at, '--env-name', 'A_KEY', '--exec', 'true'],
    ['keys', 'validate', keyId, ...at],
    ['keys', 'hard-delete', '--yes', keyId, ...at, '--case', 'C'],
    ['keys', 'add', ...at, '--vendor', 'anthropic'],
  ];
  const input = round.keyOf('anthropic', 'valid').content;
  for (const words of round.random.some(2, commands)) await run(words, { input });
};

const tamperedVault: CommandScenario = {
  name: 'a vault that was tampered with',
  play: async (site) => {
    const { keyId } = await site.add();
    const db = openSqlite(join(site.data, 'vault', 'vault.sqlite'));
    db.prepare('UPDATE sealed_secrets SET sealed = randomblob(length(sealed)) WHERE key_id = ?').run(keyId);
    db.close();
    await useIt(site, keyId);
  },
};

const vaultAway: CommandScenario = {
  name: 'a vault that is away, or can not be written',
  play: async (site) => {
    const { keyId } = await site.add();
    const vault = join(site.data, 'vault');
    renameSync(vault, `${vault}.away`);
    if (site.round.random.chance(0.5)) writeFileSync(vault, 'no vault');
    try {
      await useIt(site, keyId);
    } finally {
      rmSync(vault, { force: true });
      renameSync(`${vault}.away`, vault);
    }
  },
};

/**
 * The rule: of a master key nothing is ever shown, whether it lies in the wrong file, is given in place of one, or is
 * broken.
 */
const masterKeys: CommandScenario = {
  name: 'master keys in wrong places and forms',
  play: async (site) => {
    const { round, run, workspace, directory } = site;
    const other = makeMasterKey(round.random, 'a wrong');
    const secrets = other.secrets.map((secret) => round.made(secret));
    const path = round.own(join(directory, `wrong-${workspace}`));
    const { line } = other;
    const content = round.random.pick([
      line,
      line.slice(0, 50),
      `${line}${line}`,
      line.slice(21),
      ` ${line}`,
    ]);
    writeUnshared(path, content, round.random.pick([0o600, 0o644]));
    const words = ['runs', 'start', 'r', '--workspace', workspace];
    const env = round.random.chance(0.5) ? { KEYTURN_MASTER_KEY_FILE: path } : {};
    await run([...words, ...('KEYTURN_MASTER_KEY_FILE' in env ? [] : ['--master-key-file', path])], { env });
    const itself = line.trim();
    await run([...words, '--master-key-file', itself], { typed: secrets });
    await run(words, { env: { KEYTURN_MASTER_KEY_FILE: itself }, exported: secrets });
  },
};

/** The same rule for a passphrase. */
const passphrases: CommandScenario = {
  name: 'passphrases, right and wrong, and in place of their file',
  play: async ({ round, run, workspace, directory }) => {
    const [right, wrong] = [round.passphrase(), round.passphrase()];
    const data = join(directory, `data-${workspace}`);
    const [rightFile, wrongFile] = [
      join(directory, `right-${workspace}`),
      join(directory, `wrong-${workspace}`),
    ];
    writeUnshared(round.own(rightFile), `${right.content}\n`, 0o600);
    writeUnshared(round.own(wrongFile), wrong.content, round.random.pick([0o600, 0o640]));
    const at = ['--data', data, '--workspace', 'w'];
    const add = ['keys', 'add', ...at, '--vendor', 'anthropic'];
    await run(['init', '--passphrase', '--data', data, '--passphrase-file', rightFile]);
    const key = round.keyOf('anthropic', 'valid', 'Anthropic key').content;
    const trials = [
      () => run([...add, '--passphrase-file', rightFile], { input: key }),
      () => run([...add, '--passphrase-file', wrongFile], { input: key }),
      () => run([...add, '--passphrase-file', right.content], { input: key, typed: [right] }),
      () => run(add, { input: key, env: { KEYTURN_PASSPHRASE_FILE: right.content }, exported: [right] }),
      () => run(add, { input: right.content }),
      () => run([...add, '--passphrase', right.content], { input: key, typed: [right] }),
    ];
    for (const trial of round.random.some(3, trials)) await trial();
  },
};

/**
 * The rule: of a password in a connection string nothing is shown; it stands in the environment that it was given in.
 */
const connectionStrings: CommandScenario = {
  name: 'an event store on a server, and its password',
  play: async ({ round, run, workspace, directory }) => {
    const password = round.passphrase();
    const data = join(directory, `data-${workspace}`);
    const log = round.place(join('commands', `esdb-${workspace}`));
    const users = [{ name: 'keyturn', password: password.content, groups: ['$admins'] }];
    const server = await startEsdbServer({ tls: true, data: log, users });
    try {
      const right = server.connectionString.replace(
        /\/\/[^@]*@/,
        `//keyturn:${encodeURIComponent(password.content)}@`,
      );
      const exported = [password];
      const env = { KEYTURN_STORE: right, KEYTURN_DATA: data };
      const at = ['--workspace', 'w'];
      await run(['init'], { env, exported });
      const key = round.keyOf('anthropic', 'valid', 'Anthropic key');
      await run(['keys', 'add', ...at, '--vendor', 'anthropic'], { env, exported, input: key.content });
      const away = { ...env, KEYTURN_STORE: right.replace(/@[^?]*/, '@127.0.0.1:1') };
      const refused = { ...env, KEYTURN_STORE: right.replace('//keyturn', '//nobody') };
      const broken = { ...env, KEYTURN_STORE: right.replace('?', '?no=such&') };
      const tried = round.random.pick([away, refused, broken]);
      await run(['runs', 'start', 'r', ...at], { env: tried, exported });
      await run(['runs', 'start', 'r', ...at, '--store', right], {
        env: { KEYTURN_DATA: data },
        typed: exported,
      });
    } finally {
      await server.close();
    }
  },
};

/**
 * The same of the password of a server that has the vault. It is refused where others could read it, on the command
 * line.
 */
const vaultServers: CommandScenario = {
  name: 'a vault on a server, and its password',
  play: async ({ round, run, workspace, directory }) => {
    if (whyNoPostgres() !== null) return;
    const server = await startPostgres();
    try {
      const right = (await server.newDatabase())();
      const password = { name: `password of the vault of ${workspace}`, content: new URL(right).password };
      const exported = [round.made(password)];
      const env = { KEYTURN_VAULT: right, KEYTURN_DATA: join(directory, `data-${workspace}`) };
      const at = ['--workspace', 'w'];
      await run(['init'], { env, exported });
      const key = round.keyOf('anthropic', 'valid', 'Anthropic key');
      await run(['keys', 'add', ...at, '--vendor', 'anthropic'], { env, exported, input: key.content });
      const away = right.replace(/@[^/]*/, '@127.0.0.1:1');
      const refused = right.replace(/\/\/\w+/, '//nobody');
      const broken = round.random.pick([`${right}?no=such`, `${right} `, right.replace('@', '/')]);
      for (const KEYTURN_VAULT of [away, refused, broken]) {
        await run(['runs', 'start', 'r', ...at], { env: { ...env, KEYTURN_VAULT }, exported });
      }
      await run(['runs', 'start', 'r', ...at, '--vault', right], {
        env: { KEYTURN_DATA: env.KEYTURN_DATA },
        typed: exported,
      });
      await run(['vault', 'info'], { env, exported });
    } finally {
      await server.stop();
    }
  },
};

/** What NODE_DEBUG makes Node say is what passes through it: `keyturn` does not start with it. */
const nodeDebug: CommandScenario = {
  name: 'NODE_DEBUG',
  play: async ({ add, round, run, workspace }) => {
    const { canary, keyId } = await add();
    const NODE_DEBUG = round.random.pick([
      '*',
      'http,child_process',
      'net,child_process,stream',
      'CHILD_PROCESS',
    ]);
    const at = ['--workspace', workspace];
    if (round.random.chance(0.3)) await run(['keys', 'validate', keyId, ...at], { env: { NODE_DEBUG } });
    const start = ['runs', 'start', 'r', ...at, '--env-name', 'A_KEY', '--exec', 'sleep 0.05'];
    await run(start, { env: { NODE_DEBUG }, handedOver: canary });
  },
};

export const faultScenarios: ReadonlyArray<CommandScenario> = [
  tamperedVault,
  vaultAway,
  masterKeys,
  passphrases,
  connectionStrings,
  vaultServers,
  nodeDebug,
];
