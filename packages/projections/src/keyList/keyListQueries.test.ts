import { keyOfEvent, pseudoLocale } from '@keyturn/domain';
import { expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { allRows, right, withOnDisk } from '../testSupport/onDisk';

const workspaceId = 'ws-0';

test('a prefix finds every key that begins so, hard-deleted ones too, and the list leaves those out', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    const history = someHistory(300, 9);
    await append(history);
    await right(models.catchUp);
    const known = await right(models.findKeys(workspaceId, ''));
    const added = history
      .filter((one) => one.workspaceId === workspaceId)
      .flatMap(({ events }) => events)
      .flatMap(({ event }) => (event.type === 'KeyAdded' ? [String(event.data.keyId)] : []));
    expect(known.map(({ keyId }) => keyId)).toEqual([...added].sort());
    const gone = known.filter(({ hardDeleted }) => hardDeleted);
    expect(gone.length).toBeGreaterThan(0);
    const listed = await right(models.listKeys(workspaceId));
    expect(new Set(listed.map(({ keyId }) => keyId))).toEqual(
      new Set(known.filter(({ hardDeleted }) => !hardDeleted).map(({ keyId }) => keyId)),
    );
    expect(listed.map(({ keyId }) => keyId)).toEqual(
      added.filter((keyId) => listed.some((key) => key.keyId === keyId)),
    );
    for (const prefix of ['key-1', 'key-10', 'key-2', added[0] ?? '', 'key-1%', 'key_', 'KEY-1']) {
      const found = await right(models.findKeys(workspaceId, prefix));
      expect(found.map(({ keyId }) => keyId)).toEqual(
        known.map(({ keyId }) => keyId).filter((keyId) => keyId.startsWith(prefix)),
      );
    }
    expect(await right(models.findKeys('ws-of-somebody-else', ''))).toEqual([]);
  });
});

test('when a key was last used and accepted, deleted, proven gone and said to be leaked', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open({ batchSize: 3 });
    const history = someHistory(300, 27);
    await append(history);
    await right(models.catchUp);
    const events = history.filter((one) => one.workspaceId === workspaceId).flatMap(({ events: all }) => all);
    for (const key of await right(models.findKeys(workspaceId, ''))) {
      const times = (types: ReadonlyArray<string>): ReadonlyArray<number> =>
        events
          .filter(({ event }) => types.includes(event.type) && keyOfEvent(event) === key.keyId)
          .map(({ envelope }) => envelope.time);
      expect(key.lastUsedAt).toBe(times(['RunKeyPinned', 'RunKeyResumed']).at(-1) ?? null);
      expect(key.lastValidatedAt).toBe(times(['KeyValidated']).at(-1) ?? null);
      expect(key.addedAt).toBe(times(['KeyAdded'])[0]);
      expect(key.hardDeletedAt).toBe(times(['KeyHardDeleted'])[0] ?? null);
      expect(key.destroyedAt).toBe(times(['KeySecretDestroyed'])[0] ?? null);
      const leaks = events.filter(
        ({ event }) =>
          keyOfEvent(event) === key.keyId &&
          (event.type === 'KeyReportedLeaked' ||
            (event.type === 'KeyHardDeleted' && event.data.reason === 'leak')),
      );
      const withdrawn = events.filter(
        ({ event }) => event.type === 'KeyLeakReportWithdrawn' && keyOfEvent(event) === key.keyId,
      );
      const first = leaks[0]?.envelope.time ?? null;
      expect(withdrawn.length > 0 || key.reportedLeakedAt === first).toBe(true);
    }
  });
});

test('no row of any read model holds a fingerprint or what a vendor answered', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(someHistory(300, 31));
    await right(models.catchUp);
    const text = JSON.stringify(allRows(file));
    expect(text).not.toContain('fingerprint');
    expect(text).not.toContain('latencyMs');
  });
});

test('labels and sentences are made when they are read, in the language that the reader asks for', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const plain = await open();
    await append(someHistory(80, 7));
    await right(plain.catchUp);
    const before = allRows(file);
    const pseudo = await open({ words: pseudoLocale });
    const labels = (await right(pseudo.findKeys(workspaceId, ''))).map(({ display }) => display);
    const page = await right(pseudo.auditPage({}, { order: 'oldest-first', limit: 100 }));
    const said = [...labels, ...page.entries.map(({ sentence }) => sentence)];
    expect(said.length).toBeGreaterThan(20);
    for (const text of said) expect(text).not.toMatch(/[A-Za-z]/);
    expect(allRows(file)).toEqual(before);
    expect((await right(plain.findKeys(workspaceId, ''))).map(({ display }) => display).join()).toMatch(
      /Default/,
    );
  });
});

test('no row holds a word that is made for reading', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(someHistory(300, 31));
    await right(models.catchUp);
    const rows = JSON.stringify(allRows(file));
    const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1000 }));
    for (const { sentence } of entries) expect(rows).not.toContain(JSON.stringify(sentence).slice(1, -1));
    for (const { display } of await right(models.findKeys(workspaceId, '')))
      expect(rows).not.toContain(display);
  });
});
