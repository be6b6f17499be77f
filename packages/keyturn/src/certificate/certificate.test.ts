import { describe, expect, test } from '@jest/globals';
import { genesisOf, followChain } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { isLeft } from 'fp-ts/Either';
import { join } from 'node:path';
import type { Keyturn } from '../keyturn';
import { ada, atWork } from '../testSupport/atWork';

const at = atWork({ made: true });
const CASE = 'SR-1042';

interface Deleted {
  readonly keyturn: Keyturn;
  readonly keyId: string;
  readonly secret: string;
}

const deleted = async (): Promise<Deleted> => {
  const keyturn = await at().open();
  const secret = at().sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: secret, label: 'first' });
  await keyturn.runs.start(ada, { runId: 'run-1' });
  await keyturn.keys.relabel(ada, { keyId: key.keyId, label: 'prod-1' });
  await keyturn.keys.hardDelete(ada, { keyId: key.keyId, caseId: CASE });
  return { keyturn, keyId: key.keyId, secret };
};

const eventsFile = (): string => join(at().root, 'data', 'events.sqlite');

/** The chain's values, computed anew from the first event on. */
const chainOfLog = async (): Promise<ReadonlyArray<string>> => {
  const store = await expectRight(openSqliteEventStore({ file: eventsFile() }));
  const { events } = await expectRight(
    store.readStream('keyring-acme', { direction: 'forwards', limit: 100 }),
  );
  await store.close();
  let head = genesisOf('keyring-acme');
  return events.map((event) => {
    const followed = followChain(head, event);
    if (isLeft(followed)) throw new Error(followed.left.differs);
    ({ head } = followed.right);
    return Buffer.from(head.chain).toString('base64url');
  });
};

test('tells of which key, where in the log, what the vault searched, and what is not covered', async () => {
  const { keyturn, keyId, secret } = await deleted();
  const certificate = await keyturn.support.certificate(ada, { keyId });
  expect(certificate).toMatchObject({
    deploymentId: keyturn.deploymentId,
    workspaceId: 'acme',
    keyId,
    last4: secret.slice(-4),
    vendor: 'anthropic',
    label: 'prod-1',
    hardDeleted: { by: 'user:ada', cause: 'emergency', caseId: CASE, interruptedRuns: 1 },
    destroyed: { receipt: { secretsDestroyed: 1, dataKeysDestroyed: 1, proof: 'erased' } },
  });
  const chain = await chainOfLog();
  for (const { revision, chain: certified } of [
    certificate.added,
    certificate.hardDeleted,
    certificate.destroyed,
  ]) {
    expect(certified).toBe(chain[revision]);
  }
  expect(certificate.hardDeleted.revision).toBeLessThan(certificate.destroyed.revision);
  const { text } = certificate;
  expect(text).toContain(`Label:            "prod-1"\n`);
  expect(text).toContain(`  revision:       ${certificate.destroyed.revision}\n`);
  for (const check of certificate.destroyed.receipt.checks)
    expect(text).toContain(`Searched:         ${check}\n`);
  expect(text).toMatch(
    /- Backups .*\n- The same secret .*\n- Copies .*\n- What a run already had.*\n- The vendor\./,
  );
  expect(text).not.toContain(secret.slice(4, -4));
  expect((await keyturn.support.certificate(ada, { keyId })).text).toBe(text);
});

describe('a check', () => {
  test('holds for the file as it was written, and as mail leaves it', async () => {
    const { keyturn, keyId } = await deleted();
    const { text } = await keyturn.support.certificate(ada, { keyId });
    for (const sent of [text, `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`]) {
      expect(await keyturn.support.checkCertificate(ada, { text: sent })).toMatchObject({
        keyId,
        findings: [],
        logFindings: [],
      });
    }
  });

  test('names each line that was changed, taken out or put in', async () => {
    const { keyturn, keyId } = await deleted();
    const lines = (await keyturn.support.certificate(ada, { keyId })).text.trimEnd().split('\n');
    const found = async (file: ReadonlyArray<string>): Promise<ReadonlyArray<number>> => {
      const check = await keyturn.support.checkCertificate(ada, { text: file.join('\n') });
      return check.findings.map(({ line }) => line);
    };
    const named = /^(Workspace|Key):|^Keyturn/;
    for (const [at, line] of lines.entries()) {
      if (line === '' || named.test(line)) continue;
      const last = line.endsWith('x') ? 'y' : 'x';
      const changed = lines.map((one, place) => (place === at ? `${line.slice(0, -1)}${last}` : one));
      expect(await found(changed)).toEqual([at + 1]);
    }
    expect(await found([...lines, 'Also destroyed: everything else'])).toEqual([lines.length + 1]);
    expect(await found(lines.slice(0, -1))).toContain(lines.length);
    const gone = lines.findIndex((line) => line.startsWith('Searched:'));
    expect((await found(lines.filter((_, place) => place !== gone)))[0]).toBe(gone + 1);
  });

  test('of another key, of one that is on file, and of another workspace is so in no line', async () => {
    const { keyturn, keyId } = await deleted();
    const { text } = await keyturn.support.certificate(ada, { keyId });
    const { key } = await keyturn.keys.add(ada, {
      vendor: 'anthropic',
      pasted: at().sandbox.issueKey('anthropic'),
    });
    const moved = [
      text.replace(keyId, key.keyId),
      text.replace(keyId, 'no-such-key'),
      text.replace('Workspace:        acme', 'Workspace:        globex'),
    ];
    for (const each of moved) {
      const { findings, lines } = await keyturn.support.checkCertificate(ada, { text: each });
      expect(findings).toHaveLength(lines);
      expect(findings.every(({ log }) => log === null)).toBe(true);
    }
  });

  test('refuses what is no certificate', async () => {
    const { keyturn, keyId } = await deleted();
    const { text } = await keyturn.support.certificate(ada, { keyId });
    for (const none of ['', 'hello', text.replace('version 1', 'version 2'), text.replace(/^Key:.*$/m, '')]) {
      await expect(keyturn.support.checkCertificate(ada, { text: none })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    }
  });

  test('finds a log that was changed since', async () => {
    const { keyturn, keyId } = await deleted();
    const { text, added } = await keyturn.support.certificate(ada, { keyId });
    await keyturn.close();
    const file = openSqlite(eventsFile());
    file.exec(`UPDATE events SET data = replace(data, 'first', 'forged') WHERE revision = ${added.revision}`);
    file.close();
    const again = await at().open();
    const check = await again.support.checkCertificate(ada, { text });
    expect(check.logFindings).toMatchObject([{ kind: 'log-damaged', revision: added.revision }]);
  });
});

test('is refused where the read models show a deletion of another key as one of this', async () => {
  const { keyturn, keyId } = await deleted();
  const pasted = at().sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  // The read models are as far as the log.
  await keyturn.audit.page(ada, {});
  await keyturn.close();
  const models = openSqlite(join(at().root, 'data', 'read-models.sqlite'));
  const named = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'audit_entries_g[0-9]*'`;
  for (const table of models.pluck<[], string>(named).all()) {
    models.exec(`UPDATE ${table} SET key_id = '${key.keyId}'
      WHERE key_id = '${keyId}' AND type IN ('KeyHardDeleted', 'KeySecretDestroyed')`);
  }
  models.close();
  const again = await at().open();
  await expect(again.support.certificate(ada, { keyId: key.keyId })).rejects.toMatchObject({
    code: 'corrupt',
  });
});

test('is refused for a key that is on file, and for one that is not known', async () => {
  const keyturn = await at().open();
  const { key } = await keyturn.keys.add(ada, {
    vendor: 'anthropic',
    pasted: at().sandbox.issueKey('anthropic'),
  });
  await expect(keyturn.support.certificate(ada, { keyId: key.keyId })).rejects.toMatchObject({
    code: 'key-not-hard-deleted',
  });
  await expect(keyturn.support.certificate(ada, { keyId: 'none' })).rejects.toMatchObject({
    code: 'unknown-key',
  });
});
