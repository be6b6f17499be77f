import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import { openKeyturn } from 'keyturn';
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
    // A service that looks for overdue runs reads the clock for it, and that is then the newest event.
    const readClock = async (): Promise<void> => {
      const service = await openKeyturn({
        directory: shop.data,
        masterKey: { file: shop.masterKey },
        eventStore: server.connectionString,
        // Its own, so that it brings the command's no further.
        readModels: join(shop.directory, 'read-models-of-the-service.sqlite'),
        authorize: () => true,
      });
      try {
        await service.runs.expire(
          { workspaceId: 'acme', actor: { kind: 'service', id: 'housekeeper' } },
          undefined,
        );
      } finally {
        await service.close();
      }
    };
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
});
