import { beforeEach, describe, expect, test } from '@jest/globals';
import { defaultDecider, workspaceId } from '@keyturn/domain';
import { textOfPart, type StoredSnapshot } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import type { FoldedKeyring } from '../foldedKeyring';
import { foldedNow } from '../testSupport/foldedNow';
import { historyOf } from '../testSupport/stream';
import { freshSite } from '../testSupport/site';
import { twoKeys } from '../testSupport/twoWorkspaces';
import { openSnapshot, sealedSnapshot } from './sealedSnapshot';
import { partName } from './snapshotPart';

const site = freshSite();
const acme = workspaceId('acme');

let folded: FoldedKeyring;
beforeEach(async () => {
  await twoKeys(site());
  for (const runId of ['r1', 'r2']) await expectRight(site().keyturn.startRun(site().as(), { runId }));
  folded = await foldedNow(site());
});

const sealed = (of = folded) => sealedSnapshot(site().vault, acme, of);
const asStored = async (): Promise<StoredSnapshot> => {
  const { parts, ...rest } = await sealed();
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
