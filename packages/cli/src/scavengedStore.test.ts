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
    await shop.add('acme', 'anthropic', 'valid', ['--label', 'one']);
    // It reads the clock, and that is then the newest event.
    expect((await shop.run(['runs', 'start', 'r1', ...W, '--key', '0'.repeat(8)])).status).not.toBe(0);
    expect(await listed()).toEqual(['one']);
    for (const label of ['two', 'three']) await shop.add('acme', 'anthropic', 'valid', ['--label', label]);
    server.scavenge();
    expect(await listed()).toEqual(['one', 'three', 'two']);
    const audit = await shop.ask(['audit', 'list', ...W]);
    expect(JSON.stringify(at(audit.document)).match(/"KeyAdded"/g)).toHaveLength(3);
  } finally {
    await shop.close();
    await server.close();
  }
}, 120_000);
