import { expect, test } from '@jest/globals';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import { at, openWorkshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];

test('ES-R1: a scavenge of a server of 23.10 takes no key from the list', async () => {
  const server = await startEsdbServer({ version: '23.10' });
  const shop = await openWorkshop({
    init: false,
    real: true,
    env: { KEYTURN_STORE: server.connectionString },
  });
  const listed = async (): Promise<ReadonlyArray<string>> => {
    const { stdout } = await shop.run(['keys', 'list', ...W]);
    return [...stdout.matchAll(/"?(?<label>one|two|three)"?/g)]
      .map(({ groups }) => groups?.['label'] ?? '')
      .sort();
  };
  try {
    expect((await shop.run(['init'])).status).toBe(0);
    const one = await shop.add('acme', 'anthropic', 'valid', ['--label', 'one']);
    // Refused, but it has read the clock for it, and that is then the newest event.
    const readClock = async () =>
      expect((await shop.run(['keys', 'delete', one.keyId, ...W])).status).toBe(1);
    await readClock();
    expect(await listed()).toEqual(['one']);
    for (const label of ['two', 'three']) await shop.add('acme', 'anthropic', 'valid', ['--label', label]);
    await readClock();
    server.scavenge();
    expect(await listed()).toEqual(['one', 'three', 'two']);
    const audit = await shop.ask(['audit', 'list', ...W]);
    expect(JSON.stringify(at(audit.document)).match(/"KeyAdded"/g)).toHaveLength(3);
  } finally {
    await shop.close();
    await server.close();
  }
}, 120_000);
