import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { optionsWithValue } from '../globalOptions';
import { mayAsk } from './mayAsk';

const directory = mkdtempSync(join(tmpdir(), 'keyturn-may-ask-'));
const data = join(directory, 'data');
writeFileSync(`${data}.master-key`, '');
afterAll(() => rmSync(directory, { recursive: true }));

const elsewhere = join(directory, 'elsewhere');

test.each<[string, boolean]>([
  ['keys add --workspace acme --vendor anthropic', true],
  [`--data ${data} keys add --workspace acme`, true],
  ['keys add --help', false],
  ['keys list --workspace acme', false],
  ['audit list', false],
  [`keys show k --data ${elsewhere}`, false],
  [`keys due --data ${elsewhere}`, false],
  ['', false],
  ['init', false],
  ['init --passphrase', true],
  ['init --passphrase --passphrase-file p', false],
  ['vault rotate-master-key', true],
  [`keys validate k --data ${elsewhere}`, true],
  [`keys validate k --data=${data}`, false],
  [`--data ${data} runs start r`, false],
  [`runs start r --data ${elsewhere} --master-key-file=${data}.master-key`, false],
  [`leak revoke k --admin-api --data ${data}`, true],
  [`leak revoke k --vendor-key=a --data ${data}`, true],
  [`leak check k --pasted --data ${data}`, true],
  [`leak exposure k --usage-from-vendor --data ${data}`, true],
  [`leak exposure k --pasted --data ${data}`, true],
  [`leak revoke k --by-hand --data ${data}`, false],
  [`sweep --data ${elsewhere} --passphrase-file p`, false],
])('keyturn %s may ask: %s', (words, may) => {
  expect(mayAsk(words === '' ? [] : words.split(' '), {})).toBe(may);
});

test.each(optionsWithValue)('the value of %s is no word of a command', (option) => {
  expect(mayAsk([option, `${data}.master-key`, 'keys', 'add'], {})).toBe(true);
  expect(mayAsk(['keys', option, `${data}.master-key`, 'list'], {})).toBe(false);
});

test('the environment names data directory and passphrase, too', () => {
  expect(mayAsk(['sweep'], { KEYTURN_DATA: data })).toBe(false);
  expect(mayAsk(['sweep'], { KEYTURN_DATA: elsewhere })).toBe(true);
  expect(mayAsk(['sweep'], { KEYTURN_DATA: elsewhere, KEYTURN_PASSPHRASE_FILE: 'p' })).toBe(false);
});
