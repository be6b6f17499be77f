import { describe, expect, test } from '@jest/globals';
import {
  decodeEvent,
  decodeSnapshot,
  defaultDecider,
  encodeSnapshot,
  SNAPSHOT_SCHEMA_VERSION,
} from '@keyturn/domain';
import { fromJsonText, linkOf, withLink, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { storedEvents } from '../testSupport/stream';
import { cold, secretsOf, twoKeys } from '../testSupport/twoWorkspaces';
import { packSnapshot, unpackSnapshot } from './snapshotPacking';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;

describe('a forged snapshot', () => {
  /** Puts a snapshot of the stream into the store, after a change, with a seal of nobody. */
  const snapshot = async (change: (state: Record<string, unknown>) => void): Promise<void> => {
    const { store, state, revision, chain } = await foldedNow();
    change(state);
    const text = packSnapshot(state);
    if (text === null) throw new Error('too large');
    const seal = { seal: Buffer.alloc(32, 7), sealKey: 1 };
    await expectRight(
      store.saveSnapshot('keyring-acme', {
        revision,
        schemaVersion: SNAPSHOT_SCHEMA_VERSION,
        data: withLink({ rest: text, chain, seal }),
      }),
    );
  };

  /** The keyring's own snapshot, as the domain writes it. */
  const foldedNow = async () => {
    const store: EventStore = site().eventStore;
    const events = await storedEvents(store);
    const last = events.at(-1);
    const link = last === undefined ? null : linkOf(last.metadata);
    if (last === undefined || link === null) throw new Error('no events');
    const enveloped = events.map((event) => {
      const read = decodeEvent(event);
      if (E.isLeft(read)) throw read.left;
      return read.right;
    });
    const state = JSON.parse(
      JSON.stringify(encodeSnapshot(defaultDecider.replay(defaultDecider.initialState, enveloped))),
    ) as Record<string, unknown>;
    return { store, state, revision: last.revision, chain: link.chain };
  };

  const keysOf = (state: Record<string, unknown>) => state['keys'] as Array<Record<string, unknown>>;

  test('I-1: destroys nothing: it is ignored, and a warning says so', async () => {
    const { one, two } = await twoKeys(site());
    await snapshot((state) => {
      for (const key of keysOf(state)) Object.assign(key, { status: 'hard-deleted', destroyed: true });
      Object.assign(state, { listedKeyIds: [], workspaceDefault: null });
    });
    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(site(), warnings);
    const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect(swept).toMatchObject({ repairs: [], pending: [] });
    expect([...(await secretsOf(site(), 'acme'))].sort()).toEqual([one.key.keyId, two.key.keyId].sort());
    expect(warnings).toContainEqual([
      expect.objectContaining({ workspaceId: 'acme' }),
      'snapshot ignored: its seal does not fit',
    ]);
  });

  test('I-2: moves no Default', async () => {
    const { one, two } = await twoKeys(site());
    await snapshot((state) => Object.assign(state, { workspaceDefault: two.key.keyId }));
    const pin = await expectRight((await cold(site())).startRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(one.key.keyId);
  });

  test('I-3: forgets no leak', async () => {
    const { one, two } = await twoKeys(site());
    const request = { keyId: one.key.keyId, caseId: 'C1', successor: two.key.keyId };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
    await snapshot((state) => Object.assign(state, { leakedFingerprints: [] }));
    const again = (await cold(site())).addKey(site().as(), { vendor: 'anthropic', pasted: one.pasted });
    expect(await leftOf(again)).toMatchObject({ code: 'fingerprint-leaked' });
  });

  test('as it was sealed by another key, or about another stream, revision or schema, is ignored', async () => {
    await twoKeys(site());
    const { store, state, revision, chain } = await foldedNow();
    const text = packSnapshot(state) ?? '';
    const sealed = { stream: 'keyring-acme', revision, schemaVersion: SNAPSHOT_SCHEMA_VERSION, chain, text };
    for (const change of [
      { stream: 'keyring-beta' },
      { revision: revision + 1 },
      { schemaVersion: SNAPSHOT_SCHEMA_VERSION + 1 },
    ]) {
      const seal = site().vault.sealSnapshot({ ...sealed, ...change });
      await expectRight(
        store.saveSnapshot('keyring-acme', {
          revision,
          schemaVersion: SNAPSHOT_SCHEMA_VERSION,
          data: withLink({ rest: text, chain, seal }),
        }),
      );
      const warnings: Array<readonly [object, string]> = [];
      await expectRight(
        (await cold(site(), warnings)).startRun(site().as(), { runId: `r-${Object.keys(change)[0] ?? ''}` }),
      );
      expect(warnings.map(([, message]) => message)).toContain('snapshot ignored: its seal does not fit');
    }
    expect(decodeSnapshot(unpackSnapshot(text))).toMatchObject({ _tag: 'Right' });
    expect(fromJsonText(text)).toBeDefined();
  });
});
