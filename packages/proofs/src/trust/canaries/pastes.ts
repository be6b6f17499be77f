import { bytesOf } from '@keyturn/testbed';
import type { Random } from './random';

/** What people paste around a key, or in its place. Most are refused; what is taken is a secret all the same. */
const AROUND: readonly [(key: string) => string, ...Array<(key: string) => string>] = [
  (key) => `${key} `,
  (key) => ` ${key}`,
  (key) => `\t${key}\n\n`,
  (key) => `"${key}"`,
  (key) => `'${key}'`,
  (key) => `\`${key}\``,
  (key) => `\u201c${key}\u201d`,
  (key) => `Bearer ${key}`,
  (key) => `Authorization: Bearer ${key}`,
  (key) => `x-api-key: ${key}`,
  (key) => `export ANTHROPIC_API_KEY=${key}`,
  (key) => `OPENAI_API_KEY="${key}"`,
  (key) => `set KEY=${key}`,
  (key) => JSON.stringify({ key }),
  (key) => JSON.stringify({ key }, null, 2),
  (key) => `${key}\n${key}`,
  (key) => `${key},${key}`,
  (key) => `${key},`,
  (key) => `${key}%0A`,
  (key) => `<${key}>`,
  (key) => `${key.slice(0, 16)}...${key.slice(-4)}`,
  (key) => `anthropic/${key}`,
  (key) => `${key}\u200b`,
  (key) => `\ufeff${key}`,
  (key) => `${key.slice(0, 20)}\u0000${key.slice(20)}`,
  (key) => `${key}\u00e4`,
  (key) => `${key} # production`,
  (key) => `https://user:${key}@example.org/?key=${key}`,
  (key) => `curl -H 'Authorization: Bearer ${key}' https://example.org`,
  (key) => key.slice(0, 15),
  (key) => key.repeat(Math.ceil(5_000 / key.length)),
  (key) => bytesOf(key).toString('base64'),
  (key) => encodeURIComponent(`${key}%`),
];

export const anyPaste = (random: Random, key: string): string => random.pick(AROUND)(key);
