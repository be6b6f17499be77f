import { openSync, closeSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withPasted } from './leakPasted';

const onTerminal = async (isPasted: boolean): Promise<ReadonlyArray<string>> => {
  const order: string[] = [];
  const ask = (): Promise<string> => {
    order.push('asked');
    return Promise.resolve('what was pasted');
  };
  const io = { ask, stdin: -1, doneAsking: () => void order.push('shown again') };
  await withPasted({ io }, isPasted, ({ pasted }) => {
    order.push(`used ${pasted === undefined ? 'nothing' : String(pasted)}`);
    return Promise.resolve();
  });
  return order;
};

test('the key is asked for, and what is typed is shown again before it is used', async () => {
  expect(await onTerminal(true)).toEqual(['asked', 'shown again', 'used what was pasted']);
});

test('where it is not asked for, the terminal stays as it is for whatever is asked next', async () => {
  expect(await onTerminal(false)).toEqual(['used nothing']);
});

test('what came from standard input is wiped once it was used', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-pasted-'));
  const file = join(directory, 'pasted');
  writeFileSync(file, 'what was pasted');
  const stdin = openSync(file, 'r');
  const seen: Uint8Array[] = [];
  await withPasted({ io: { ask: null, stdin } }, true, ({ pasted }) => {
    if (pasted instanceof Uint8Array) seen.push(pasted);
    expect(String(pasted)).toBe('what was pasted');
    return Promise.resolve();
  });
  closeSync(stdin);
  rmSync(directory, { recursive: true });
  expect(seen).toHaveLength(1);
  expect(seen.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
});
