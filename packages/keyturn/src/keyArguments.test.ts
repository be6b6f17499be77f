import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Keyturn } from './keyturn';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const work = atWork({ made: true });

const refusalOf = (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

let keyturn: Keyturn;
beforeEach(async () => {
  keyturn = await work().open();
});

describe('keys.resolve', () => {
  test('finds a key by its id or the beginning of it, with the master key and without', async () => {
    const pasted = work().sandbox.issueKey('anthropic');
    const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
    const { directory } = work().options;
    if (directory === undefined) throw new Error('it lies in a directory');
    const reader = await openKeyturnReader({ directory, authorize: () => true });
    try {
      for (const { keys } of [keyturn, reader]) {
        for (const named of [key.keyId, key.keyId.slice(0, 5)]) {
          expect(await keys.resolve(ada, named)).toMatchObject({ keyId: key.keyId, last4: key.last4 });
        }
      }
    } finally {
      await reader.close();
    }
  });

  test('refuses what names no key, and what is as short as a last 4', async () => {
    const pasted = work().sandbox.issueKey('anthropic');
    const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
    for (const named of ['none-of-these', key.keyId.slice(0, 4), key.last4]) {
      expect(await refusalOf(keyturn.keys.resolve(ada, named))).toBe('unknown-key');
    }
    const elsewhere = { ...ada, workspaceId: 'globex' };
    expect(await refusalOf(keyturn.keys.resolve(elsewhere, key.keyId))).toBe('unknown-workspace');
    const theirs = work().sandbox.issueKey('anthropic');
    await keyturn.keys.add(elsewhere, { vendor: 'anthropic', pasted: theirs });
    expect(await refusalOf(keyturn.keys.resolve(elsewhere, key.keyId))).toBe('unknown-key');
  });
});

describe('a paste as bytes', () => {
  test('is taken as the text that it is, and stays its owner’s', async () => {
    const secret = work().sandbox.issueKey('anthropic');
    const pasted = Buffer.from(secret);
    const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
    expect(key.last4).toBe(secret.slice(-4));
    expect(pasted.toString()).toBe(secret);
  });

  test.each([
    ['no text', Buffer.from([0x6b, 0xff, 0xfe]), 'paste-not-text'],
    ['far too long', Buffer.alloc(8_193, 0x6b), 'paste-too-long'],
    ['too long', Buffer.alloc(8_192, 0x6b), 'paste-too-long'],
    ['empty', Buffer.alloc(0), 'paste-empty'],
  ])('that is %s is refused', async (_, pasted, code) => {
    expect(await refusalOf(keyturn.keys.add(ada, { vendor: 'anthropic', pasted }))).toBe(code);
    expect(await refusalOf(keyturn.keys.add(ada, { vendor: 'anthropic', pasted }, { dryRun: true }))).toBe(
      code,
    );
    expect(work().sandbox.calls).toHaveLength(0);
  });
});
