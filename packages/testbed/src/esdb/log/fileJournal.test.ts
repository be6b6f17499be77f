import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openFileJournal } from './fileJournal';

const FORMAT = 'keyturn-esdb 1\n';

let directory = '';
let path = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-journal-'));
  path = join(directory, 'esdb.log');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test.each(['', 'k', 'keyturn-esdb 1', '\0\0\0\0'])('a log of no whole line (%j) is a new one', (torn) => {
  writeFileSync(path, torn);
  for (let opened = 0; opened < 2; opened += 1) {
    const journal = openFileJournal(directory);
    expect([...journal.load()]).toEqual([]);
    journal.close();
    expect(readFileSync(path, 'utf8')).toBe(FORMAT);
  }
});

test('a batch that was torn is cut off', () => {
  writeFileSync(path, `${FORMAT}[{"posi`);
  openFileJournal(directory).close();
  expect(readFileSync(path, 'utf8')).toBe(FORMAT);
});

test('a log of another format is refused, and left as it is', () => {
  writeFileSync(path, 'keyturn-esdb 2\n[]');
  expect(() => openFileJournal(directory)).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining('"keyturn-esdb 2"') }),
    }),
  );
  expect(readFileSync(path, 'utf8')).toBe('keyturn-esdb 2\n[]');
});
