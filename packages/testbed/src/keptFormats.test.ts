import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptDeployments } from './keptFormats';

const FORMATS = join(__dirname, '..', 'formats');

const digestOf = (name: string): string => {
  const hash = createHash('sha256');
  for (const file of readdirSync(join(FORMATS, name)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(FORMATS, name, file)));
  }
  return hash.digest('hex');
};

// Whoever changes what is stored raises the format, adds a step and an example (`scripts/keep-formats.mjs`), and its
// line here. The lines that are here stay as they are: those are the files that customers have.
test('every example is as it was written', () => {
  expect(Object.fromEntries(keptDeployments.map(({ name }) => [name, digestOf(name)]))).toEqual({
    'postgres-vault-3-events-1': '260a798f6ff7587f4dbe8d397d94f5c8e437dc5c933190f14a4fe17d8ff8ed7f',
    'postgres-vault-4-events-2': 'dcb33f23f05a0bddc3073945f869363477251ce02457568334378ae624b5b171',
    'postgres-vault-5-events-2': '47f45ab9ad0ab746c8719705846c479abae7d2e9624c1999ea7e21a0cbf002ca',
    'postgres-vault-6-events-2': '701f2618176adac539393e28c3cbf9b1784ea1cc518afa10c67788b34c614509',
    'sqlite-vault-6-events-1': 'a83b462b18334f00d1fe994d540459bf662a5af667631d2ec89d74e803c11546',
    'sqlite-vault-7-events-2': '074a65f90e30f9ee1d0957927b74aada890d2a4ca582e0f8bbf93740e887944d',
  });
});
