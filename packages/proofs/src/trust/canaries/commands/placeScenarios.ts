import { RECOGNISABLE_KINDS } from '../canary';
import type { CommandScenario } from './scenario';

const SHORT_KINDS = ['old OpenAI key', 'Gemini key', 'Groq key'] as const;

type Words = ReadonlyArray<string>;

/** Everywhere on a command line that takes a text. */
const linesWith = (key: string, workspace: string): ReadonlyArray<ReadonlyArray<Words>> => {
  const at = ['--workspace', workspace];
  const add = ['keys', 'add', ...at, '--vendor', 'anthropic'];
  const start = ['runs', 'start', 'r', ...at];
  const strangers = [
    [key],
    ['keys', key],
    ['--key', key],
    [`--key=${key}`, 'keys', 'list'],
    [...add, key],
    [...add, `--key=${key}`],
    [...add, '--key', key],
    ['keys', 'list', ...at, key],
    [...start, `--${key}`],
  ];
  const texts = [
    [...add, '--label', key],
    [...add, '--endpoint', key],
    [...add, '--endpoint', `https://${key}.example.org`],
    [...add, '--region', key],
    [...add, '--model', key],
    ['keys', 'add', ...at, '--vendor', key],
    ['keys', 'add', '--vendor', 'anthropic', '--workspace', key],
    [...start, '--lease', key],
    [...start, '--exec', 'true', '--env-name', key],
    [...start, '--exec', 'true', '--secret-via', key],
    [...start, '--as', key],
    [...start, '--as', `user:${key}`],
    [...start, '--as', `${key}:ada`],
    ['projections', 'rebuild', key],
    ['history', ...at, '--at', key],
    ['audit', 'list', ...at, '--actor', `user:${key}`],
    ['audit', 'list', ...at, '--action', key],
    ['audit', 'list', ...at, '--since', key],
    ['audit', 'list', ...at, '--after', key],
    ['runs', 'list', ...at, '--after', key],
  ];
  const ids = [
    ['keys', 'list', '--workspace', key],
    ['keys', 'validate', key, ...at],
    ['keys', 'set-default', key, ...at, '--project', key],
    ['keys', 'clear-default', ...at, '--project', key],
    ['keys', 'delete', '--yes', key, ...at, '--successor', key],
    ['keys', 'hard-delete', '--yes', key, ...at, '--case', key],
    ['keys', 'hard-delete', '--yes', 'k', ...at, '--case', key, '--reason', key],
    ['runs', 'start', key, ...at],
    [...start, '--project', key],
    [...start, '--key', key],
    [...start, '--vendor', key],
    ['runs', 'resume', key, ...at],
    ['runs', 'finish', key, ...at, '--outcome', key],
    ['runs', 'finish', key, ...at],
    ['runs', 'list', '--workspace', key],
    ['runs', 'list', ...at, '--key', key],
    ['audit', 'list', '--workspace', key],
    ['audit', 'list', ...at, '--key', key],
    ['audit', 'list', ...at, '--run', key],
    ['history', '--workspace', key],
    ['history', ...at, '--key', key],
  ];
  const places = [
    [...start, '--store', key],
    [...start, '--store', `esdb://admin:${key}@127.0.0.1:1?tls=false&maxDiscoverAttempts=1`],
    [...start, '--data', key],
    ['init', '--data', key],
    [...start, '--master-key-file', key],
    [...start, '--passphrase-file', key],
  ];
  return [strangers, texts, ids, places];
};

/**
 * The rule: what is shaped as a vendor's key is repeated nowhere and kept nowhere, wherever it is typed. Any other text
 * in the place of an id or of a path is an id or a path; none is known as a key by its look.
 */
const typed: CommandScenario = {
  name: 'keys on the command line',
  play: async ({ round, run, workspace }) => {
    for (const group of [0, 1, 2, 2, 3]) {
      // Ids are short: of longer texts the rule of their characters refuses all.
      const canary = round.canary(round.random.pick(group === 2 ? SHORT_KINDS : RECOGNISABLE_KINDS));
      const words = round.random.pick(linesWith(canary.content, workspace)[group] ?? []);
      await round.within(words.map((word) => word.replaceAll(canary.content, 'KEY')).join(' '), async () => {
        await run(words, { typed: [canary], input: round.keyOf('anthropic', 'valid').content });
      });
    }
  },
};

const VARIABLES: readonly [string, ...string[]] = [
  'KEYTURN_DATA',
  'KEYTURN_STORE',
  'KEYTURN_MASTER_KEY_FILE',
  'KEYTURN_PASSPHRASE_FILE',
  'KEYTURN_ENDPOINT_ANTHROPIC',
  'KEYTURN_ENDPOINT_NOBODY',
  'KEYTURN_DEBUG',
  'KEYTURN_KEY',
  'ANTHROPIC_API_KEY',
  'NO_COLOR',
  'HOME',
];

/** The rule of `typed`; the environment itself is whoever's who exported the key. */
const exported: CommandScenario = {
  name: 'keys in the environment',
  play: async ({ round, run, workspace }) => {
    for (let n = 0; n < 2; n += 1) {
      const canary = round.canary(round.random.pick(RECOGNISABLE_KINDS));
      const name = round.random.pick(VARIABLES);
      const words = round.random.pick([
        ['keys', 'list', '--workspace', workspace],
        ['runs', 'start', 'r', '--workspace', workspace],
        ['keys', 'add', '--workspace', workspace, '--vendor', 'anthropic'],
      ]);
      await round.within(`${name}=KEY keyturn ${words.join(' ')}`, async () => {
        await run(words, {
          env: { [name]: canary.content },
          exported: [canary],
          input: round.keyOf('anthropic', 'valid').content,
        });
      });
    }
  },
};

export const placeScenarios: ReadonlyArray<CommandScenario> = [typed, exported];
