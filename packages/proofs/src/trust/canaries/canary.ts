import { fixedPartsOf, type SearchedSecret } from '@keyturn/testbed';
import type { Random } from './random';

/** A secret that was made to be looked for. `content` is what a customer would paste. */
export interface Canary extends SearchedSecret {
  readonly content: string;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const BASE62 = `${LOWER.toUpperCase()}${LOWER}${DIGITS}`;
const HEX = `${DIGITS}abcdef`;
const PRINTABLE = Array.from({ length: 94 }, (_, n) => String.fromCharCode(0x21 + n)).join('');

interface Kind {
  readonly make: (random: Random) => string;
  /** Of what is random in it. */
  readonly alphabet: string;
  /** Parts that each of the kind has, beside those of vendors: they are no secret. */
  readonly common: ReadonlyArray<string>;
}

const kind = (
  alphabet: string,
  make: (random: Random, text: (length: number) => string) => string,
  common: ReadonlyArray<string> = [],
): Kind => ({
  alphabet,
  common,
  make: (random) => make(random, (length) => random.text(length, alphabet)),
});

const URL_SAFE = `${BASE62}_-`;

/** Keys that the domain knows by their beginning, wherever they turn up. */
const RECOGNISABLE = {
  'Anthropic key': kind(URL_SAFE, (_, text) => `sk-ant-api03-${text(93)}AA`),
  'Anthropic admin key': kind(URL_SAFE, (_, text) => `sk-ant-admin01-${text(93)}AA`),
  'OpenAI project key': kind(URL_SAFE, (_, text) => `sk-proj-${text(74)}T3BlbkFJ${text(74)}`),
  'OpenAI service account key': kind(BASE62, (_, text) => `sk-svcacct-${text(58)}T3BlbkFJ${text(58)}`),
  'OpenAI admin key': kind(BASE62, (_, text) => `sk-admin-${text(58)}T3BlbkFJ${text(58)}`),
  'old OpenAI key': kind(BASE62, (_, text) => `sk-${text(20)}T3BlbkFJ${text(20)}`),
  'Gemini key': kind(URL_SAFE, (_, text) => `AIzaSy${text(33)}`),
  'new Gemini key': kind(URL_SAFE, (_, text) => `AQ.${text(48)}`),
  'Groq key': kind(BASE62, (_, text) => `gsk_${text(52)}`),
  'xAI key': kind(BASE62, (_, text) => `xai-${text(80)}`),
  'OpenRouter key': kind(HEX, (_, text) => `sk-or-v1-${text(64)}`),
  'Bedrock key': kind(`${BASE62}+/`, (_, text) => `ABSK${text(126)}==`),
  'short-lived Bedrock key': kind(`${BASE62}+/`, (_, text) => `bedrock-api-key-${text(180)}`),
} as const;

/** Something random, what gives trouble where it is quoted, something random. */
const around = (trouble: string): Kind =>
  kind(PRINTABLE, (_, text) => `k${text(20)}${trouble}${text(12)}x`, [trouble]);

const OTHERS = {
  'Mistral key': kind(BASE62, (_, text) => text(32)),
  'Azure key': kind(HEX, (_, text) => text(32)),
  'new Azure key': kind(BASE62, (_, text) => text(84)),
  'shortest key': kind(PRINTABLE, (_, text) => text(16)),
  'longest key': kind(URL_SAFE, (_, text) => text(4_096)),
  'key of digits': kind(DIGITS, (_, text) => text(48)),
  'key in base64': kind(`${BASE62}+/`, (_, text) => `${text(54)}+/==`),
  'key with URL characters': around('?a=%41&b=%2F#'),
  'key with JSON characters': around('"\\"\\u0041\\/'),
  'key with pattern characters': around('.*$&(?:)+^{2}$1'),
  'key with HTML characters': around('<&amp;&#65;">'),
  'key of any characters': kind(PRINTABLE, (random, text) => text(16 + random.whole(200))),
} as const;

const KINDS = { ...RECOGNISABLE, ...OTHERS };

export type CanaryKind = keyof typeof KINDS;

const isKind = (name: string): name is CanaryKind => Object.hasOwn(KINDS, name);

export const RECOGNISABLE_KINDS = Object.keys(RECOGNISABLE).filter(isKind);
export const ALL_KINDS = Object.keys(KINDS).filter(isKind);

/**
 * 8 characters of a small alphabet stand in some id by chance sooner or later: as many are wanted as have 47 bits,
 * which are 8 letters and digits.
 */
const windowFor = (alphabet: string): number => Math.max(8, Math.floor(47 / Math.log2(alphabet.length)));

const placeOf = (part: string, content: string): readonly [number, number] => {
  const from = content.indexOf(part);
  return [from, from + part.length];
};

export const makeCanary = (random: Random, name: string, of: CanaryKind): Canary => {
  const content = KINDS[of].make(random);
  return {
    name: `${name} (${of})`,
    content,
    fixed: [...fixedPartsOf(content), ...KINDS[of].common.map((part) => placeOf(part, content))],
    window: windowFor(KINDS[of].alphabet),
  };
};

/** Words as a person would choose them. */
export const makePassphrase = (random: Random, name: string): Canary => ({
  name: `${name} (passphrase)`,
  content: Array.from({ length: 5 }, () => random.text(7, BASE62)).join(random.pick([' ', '-', '.'])),
});

export interface MasterKeyCanary {
  /** What its file holds. */
  readonly line: string;
  /** The key in both writings. */
  readonly secrets: ReadonlyArray<SearchedSecret>;
}

const MASTER_KEY_PREFIX = 'keyturn-master-key-1:';

/** The master key in the line of its file. */
export const masterKeyIn = (line: string, name: string): MasterKeyCanary => {
  const encoded = line.trim().slice(MASTER_KEY_PREFIX.length).replace(/=$/, '');
  return {
    line,
    secrets: [
      { name: `${name} (master key, as written)`, content: encoded },
      { name: `${name} (master key)`, content: Buffer.alloc(32, encoded, 'base64') },
    ],
  };
};

export const makeMasterKey = (random: Random, name: string): MasterKeyCanary => {
  const bytes = Buffer.alloc(32);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.whole(256);
  return masterKeyIn(`${MASTER_KEY_PREFIX}${bytes.toString('base64')}\n`, name);
};
