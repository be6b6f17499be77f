import { describe, expect, test } from '@jest/globals';
import { SNAPSHOT_SCHEMA_VERSION, workspaceId } from '@keyturn/domain';
import { fromJsonText, linkOf, textOfPart, withLink, type StoredSnapshot } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { foldedNow } from '../testSupport/foldedNow';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { cold, secretsOf, twoKeys } from '../testSupport/twoWorkspaces';
import { sealedSnapshot } from './sealedSnapshot';
import { packPart, partName, unpackPart } from './snapshotPart';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;

interface Part {
  readonly kind: string;
  kinds: object[];
  keyIds: string;
  fingerprints: string;
}
interface Sealed {
  head: { workspaceDefault: string | null };
  parts: string[];
}

/** The stream's snapshot as a service would keep it now. */
const honest = async (): Promise<StoredSnapshot> => {
  const { parts, ...rest } = await sealedSnapshot(site().vault, workspaceId('acme'), await foldedNow(site()));
  return { ...rest, parts: new Map([...parts].map(([name, text]) => [name, textOfPart(text)])) };
};

const put = async (snapshot: StoredSnapshot): Promise<void> => {
  await expectRight(site().eventStore.saveSnapshot('keyring-acme', { ...snapshot, anew: true }));
};

const NOBODY = { seal: Buffer.alloc(32, 7), sealKey: 1 };

/** Everything of it changed as its forger likes, and all that can be computed without a key computed anew. */
const forged = (
  { data, parts, ...rest }: StoredSnapshot,
  changePart: (part: Part) => void,
  changeHead: (head: Sealed['head']) => void = () => undefined,
): StoredSnapshot => {
  const link = linkOf(data);
  if (link === null) throw new Error('no link');
  const { head, parts: names } = fromJsonText(link.rest) as Sealed;
  changeHead(head);
  const texts = names.map((name) => {
    const part = unpackPart(parts.get(name) ?? '') as Part;
    changePart(part);
    return packPart(part);
  });
  const named = texts.map((text) => [partName(text), text] as const);
  const text = JSON.stringify({ head, parts: named.map(([name]) => name) });
  return { ...rest, data: withLink({ ...link, rest: text, seal: NOBODY }), parts: new Map(named) };
};

const allDestroyed = (part: Part): void => {
  if (part.kind !== 'keys') return;
  part.kinds = part.kinds.map((kind) => ({ ...kind, status: 'hard-deleted', destroyed: true }));
};

const SEAL = 'snapshot ignored: its seal does not fit';
const PARTS = 'snapshot ignored: its parts are not those that were sealed';

describe('a forged snapshot', () => {
  test('I-1: destroys nothing: it is ignored, and a warning says so', async () => {
    const { one, two } = await twoKeys(site());
    await put(forged(await honest(), allDestroyed, (head) => (head.workspaceDefault = null)));
    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(site(), warnings);
    const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect(swept).toMatchObject({ repairs: [], pending: [] });
    expect([...(await secretsOf(site(), 'acme'))].sort()).toEqual([one.key.keyId, two.key.keyId].sort());
    expect(warnings).toContainEqual([expect.objectContaining({ workspaceId: 'acme' }), SEAL]);
  });

  test('I-2: moves no Default', async () => {
    const { one, two } = await twoKeys(site());
    const snapshot = await honest();
    await put(
      forged(
        snapshot,
        () => undefined,
        (head) => (head.workspaceDefault = two.key.keyId),
      ),
    );
    const pin = await expectRight((await cold(site())).startRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(one.key.keyId);
  });

  test('I-3: forgets no leak', async () => {
    const { one, two } = await twoKeys(site());
    const request = { keyId: one.key.keyId, caseId: 'C1', successor: two.key.keyId };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
    const snapshot = await honest();
    await put(forged(snapshot, (part) => part.kind === 'leaked' && (part.fingerprints = 'f'.repeat(43))));
    const again = (await cold(site())).addKey(site().as(), { vendor: 'anthropic', pasted: one.pasted });
    expect(await leftOf(again)).toMatchObject({ code: 'fingerprint-leaked' });
  });

  test('as it was sealed by another key, or about another stream, revision or schema, is ignored', async () => {
    await twoKeys(site());
    const snapshot = await honest();
    const link = linkOf(snapshot.data);
    if (link === null) throw new Error('no link');
    const { revision } = snapshot;
    const sealed = {
      stream: 'keyring-acme',
      revision,
      schemaVersion: SNAPSHOT_SCHEMA_VERSION,
      chain: link.chain,
      text: link.rest,
    };
    for (const change of [
      { stream: 'keyring-beta' },
      { revision: revision + 1 },
      { schemaVersion: SNAPSHOT_SCHEMA_VERSION + 1 },
    ]) {
      const seal = site().vault.sealSnapshot({ ...sealed, ...change });
      await put({ ...snapshot, data: withLink({ ...link, seal }) });
      const warnings: Array<readonly [object, string]> = [];
      const runId = `r-${Object.keys(change)[0] ?? ''}`;
      await expectRight((await cold(site(), warnings)).startRun(site().as(), { runId }));
      expect(warnings.map(([, message]) => message)).toContain(SEAL);
    }
  });
});

describe('a part of a sealed snapshot', () => {
  type Texts = Map<string, string>;
  const kindOf = (text: string): string => (unpackPart(text) as Part).kind;
  const nameOf = (texts: Texts, kind: string): string => {
    const found = [...texts].find(([, text]) => kindOf(text) === kind);
    if (found === undefined) throw new Error(`There is no part of ${kind}.`);
    return found[0];
  };
  const textOf = (texts: Texts, kind: string): string => texts.get(nameOf(texts, kind)) ?? '';

  test.each<readonly [string, (texts: Texts) => void]>([
    [
      'that says something else',
      (texts) => {
        const part = unpackPart(textOf(texts, 'keys')) as Part;
        allDestroyed(part);
        texts.set(nameOf(texts, 'keys'), packPart(part));
      },
    ],
    ['that is missing', (texts) => texts.delete(nameOf(texts, 'keys'))],
    ['that stands in for another', (texts) => texts.set(nameOf(texts, 'leaked'), textOf(texts, 'keys'))],
    [
      'that changed places with another',
      (texts) => {
        const [keys, leaked] = [nameOf(texts, 'keys'), nameOf(texts, 'leaked')];
        const [ofKeys, ofLeaked] = [texts.get(keys) ?? '', texts.get(leaked) ?? ''];
        texts.set(keys, ofLeaked).set(leaked, ofKeys);
      },
    ],
    ['that is cut off', (texts) => texts.set(nameOf(texts, 'keys'), textOf(texts, 'keys').slice(0, -9))],
    ['that is empty', (texts) => texts.set(nameOf(texts, 'leaked'), '""')],
    ['that inflates to too much', (texts) => texts.set(nameOf(texts, 'leaked'), packPart('0'.repeat(1e8)))],
  ])('%s has it ignored: nothing is destroyed, moved or forgotten', async (_, spoil) => {
    const { one, two } = await twoKeys(site());
    const third = site().sandbox.issueKey('anthropic');
    const { key } = await expectRight(
      site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: third }),
    );
    const request = { keyId: key.keyId, caseId: 'C1' };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
    const snapshot = await honest();
    const texts = new Map(snapshot.parts);
    spoil(texts);
    await put({ ...snapshot, parts: texts });

    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(site(), warnings);
    const pin = await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(one.key.keyId);
    expect(await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: third }))).toMatchObject({
      code: 'fingerprint-leaked',
    });
    await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect([...(await secretsOf(site(), 'acme'))].sort()).toEqual([one.key.keyId, two.key.keyId].sort());
    expect(warnings.map(([, message]) => message)).toContain(PARTS);
    expect((await expectRight(keyturn.verify(site().as()))).findings).toMatchObject([
      { kind: 'snapshot-damaged', workspaceId: 'acme', what: expect.stringContaining('part') },
    ]);
  });

  test('that no snapshot names changes nothing', async () => {
    const { one } = await twoKeys(site());
    const snapshot = await honest();
    await put({ ...snapshot, parts: new Map([...snapshot.parts, ['x', packPart({ kind: 'keys' })]]) });
    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(site(), warnings);
    const pin = await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(one.key.keyId);
    expect(warnings).toEqual([]);
  });

  test('of an older one does not make up for the newer one’s', async () => {
    const { one } = await twoKeys(site());
    const older = await honest();
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'between' }));
    await put({ ...(await honest()), parts: older.parts });
    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(site(), warnings);
    const pin = await expectRight(keyturn.resumeRun(site().as(), { runId: 'between' }));
    expect(pin.keyId).toBe(one.key.keyId);
    expect(warnings.map(([, message]) => message)).toContain(PARTS);
  });
});
