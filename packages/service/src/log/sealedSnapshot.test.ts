import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  defaultDecider,
  keyId,
  projectId,
  runId,
  workspaceId,
  type KeyEntry,
  type Pin,
} from '@keyturn/domain';
import { fromJsonText, linkOf, textOfPart, withLink, type StoredSnapshot } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import type { FoldedKeyring } from '../foldedKeyring';
import { foldedNow } from '../testSupport/foldedNow';
import { historyOf } from '../testSupport/stream';
import { freshSite } from '../testSupport/site';
import { twoKeys } from '../testSupport/twoWorkspaces';
import { openSnapshot, sealedSnapshot } from './sealedSnapshot';
import { partName, unpackPart } from './snapshotPart';

const site = freshSite();
const acme = workspaceId('acme');

let folded: FoldedKeyring;
beforeEach(async () => {
  await twoKeys(site());
  for (const runId of ['r1', 'r2']) await expectRight(site().keyturn.startRun(site().as(), { runId }));
  folded = await foldedNow(site());
});

const sealed = (of = folded) => sealedSnapshot(site().vault, acme, of);
const asStored = async (of = folded): Promise<StoredSnapshot> => {
  const { parts, ...rest } = await sealed(of);
  return { ...rest, parts: new Map([...parts].map(([name, text]) => [name, textOfPart(text)])) };
};

describe('a sealed snapshot', () => {
  test('opens to the keyring that it was made of', async () => {
    expect(await openSnapshot(site().vault, acme, await asStored())).toEqual({
      _tag: 'Right',
      right: folded,
    });
  });

  test('encodes nothing that has not changed since another one, and would to the same text', async () => {
    const first = await sealed();
    expect([...first.parts.values()].every((text) => typeof text === 'string')).toBe(true);
    const second = await sealed();
    expect([...second.parts.keys()]).toEqual([...first.parts.keys()]);
    for (const [name, text] of second.parts) {
      expect(typeof text).toBe('function');
      expect(partName(textOfPart(text))).toBe(name);
    }
  });

  test('encodes what has', async () => {
    const first = await sealed();
    await expectRight(site().keyturn.finishRun(site().as(), { runId: 'r1' }));
    const news = (await historyOf(site().eventStore)).slice(folded.keyring.revision + 1);
    const second = await sealed({ ...folded, keyring: defaultDecider.replay(folded.keyring, news) });
    const changed = [...second.parts].filter(([, text]) => typeof text === 'string');
    // The run's key and its pin, the ended run, the command.
    expect(changed).toHaveLength(4);
    expect(changed.filter(([name]) => first.parts.has(name))).toEqual([]);
  });
});

/** The same as another zlib would pack it, so under other names. */
const packedElsewhere = ({ data, parts, ...rest }: StoredSnapshot): StoredSnapshot => {
  const link = linkOf(data);
  if (link === null) throw new Error('no link');
  const texts = new Map(
    [...parts].map(([name, text]) => {
      const other = JSON.stringify(deflateRawSync(JSON.stringify(unpackPart(text))).toString('base64'));
      return [name, { name: partName(other), text: other }];
    }),
  );
  const { head, parts: named } = fromJsonText(link.rest) as { head: unknown; parts: ReadonlyArray<string> };
  const text = JSON.stringify({ head, parts: named.map((name) => texts.get(name)?.name) });
  const seal = site().vault.sealSnapshot({ stream: 'keyring-acme', ...rest, chain: link.chain, text });
  return {
    ...rest,
    data: withLink({ rest: text, chain: link.chain, seal }),
    parts: new Map([...texts.values()].map((part) => [part.name, part.text])),
  };
};

test('SC-3: what is left of keys that are long gone is stored again as it was read, and not packed again', async () => {
  const { keyring } = folded;
  const [key] = [...keyring.keys.values()];
  if (key === undefined) throw new Error('no key');
  const gone = Array.from({ length: 600 }, (_, n): KeyEntry => ({
    ...key,
    keyId: keyId(randomUUID()),
    status: 'hard-deleted',
    destroyed: true,
    addedAt: n,
  }));
  const keys = new Map([...gone.map((one) => [one.keyId, one] as const), ...keyring.keys]);
  const stored = packedElsewhere(await asStored({ ...folded, keyring: { ...keyring, keys } }));
  const opened = await openSnapshot(site().vault, acme, stored);
  if (E.isLeft(opened) || typeof opened.right === 'string') throw new Error('not opened');
  const again = await sealed(opened.right);
  const asRead = [...again.parts].filter(([name, text]) => text === stored.parts.get(name));
  expect(asRead).toEqual([...again.parts].slice(0, 4));
  expect(opened.right.keyring.keys.get(keyId(gone[300]?.keyId ?? ''))).toEqual(gone[300]);
});

/** What every store takes at once: EventStoreDB's 1 MiB, less what goes with it. */
const LARGEST = 900_000;

describe('a sealed snapshot of what lasted for years', () => {
  const bytes = (text: string): number => Buffer.byteLength(text);

  test('comes back, and nothing of it is larger than every store takes at once', async () => {
    const { keyring } = folded;
    const [key] = [...keyring.keys.values()];
    const [pin] = [...keyring.openPins.values()];
    if (key === undefined || pin === undefined) throw new Error('no key, or no run');
    // As large as a key and a pin can be, and nothing that two of them have in common.
    const long = (n: number, length: number) => `${n}-`.padEnd(length, randomBytes(length).toString('hex'));
    const keys = Array.from({ length: 100_000 }, (_, n): KeyEntry => ({
      ...key,
      keyId: keyId(randomUUID()),
      status: n % 2 === 0 ? 'hard-deleted' : 'retired',
      destroyed: n % 2 === 0,
      fingerprint: createHash('sha256').update(`${n}`).digest('base64url'),
      addedAt: key.addedAt + n * 977,
      ...(n < 512
        ? {
            label: '\ud842\udfb7'.repeat(32),
            endpoint: long(n, 256),
            region: long(n, 64),
            fingerprint: long(n, 128),
          }
        : {}),
    }));
    const pins = Array.from({ length: 10_000 }, (_, n): Pin => ({
      ...pin,
      runId: runId(long(n, 64)),
      projectId: projectId(long(n, 64)),
      startedAt: pin.startedAt + n * 13,
    }));
    const large = {
      ...folded,
      keyring: {
        ...keyring,
        keys: new Map([...keyring.keys, ...keys.map((one) => [one.keyId, one] as const)]),
        listedKeyIds: new Set([
          ...keyring.listedKeyIds,
          ...keys.flatMap((one) => (one.status === 'retired' ? [one.keyId] : [])),
        ]),
        openPins: new Map(pins.map((one) => [one.runId, one])),
        abandonedKeyIds: new Set(keys.map((one) => keyId(`${one.keyId}-x`))),
        leakedFingerprints: new Set(keys.map(({ fingerprint }) => fingerprint)),
      },
    };
    const stored = await asStored(large);
    expect(bytes(stored.data)).toBeLessThan(LARGEST);
    expect([...stored.parts.values()].reduce((most, text) => Math.max(most, bytes(text)), 0)).toBeLessThan(
      LARGEST / 2,
    );
    const opened = await openSnapshot(site().vault, acme, stored);
    if (E.isLeft(opened) || typeof opened.right === 'string') throw new Error('not opened');
    const plain = ({ keyring: { keys: all, openPins, ...rest } }: FoldedKeyring) => ({
      ...rest,
      keys: [...all],
      openPins: [...openPins],
    });
    expect(isDeepStrictEqual(plain(opened.right), plain(large))).toBe(true);
  });
});
