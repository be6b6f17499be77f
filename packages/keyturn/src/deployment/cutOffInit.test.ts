import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { keptDeployments } from '@keyturn/testbed';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { atWork } from '../testSupport/atWork';
import { putKept } from '../testSupport/keptData';
import { initKeyturn, migrateKeyturn } from './deployment';

const at = atWork({ made: false });

describe('an initialisation by an older release that was cut off', () => {
  const noServer = () => {
    throw new Error('no vault on a server is put');
  };
  const oldest = () => {
    const embedded = keptDeployments.filter(({ vaultKind }) => vaultKind === 'sqlite');
    const [first] = [...embedded].sort((a, b) => a.vaultFormat - b.vaultFormat);
    if (first === undefined) throw new Error('no deployment is kept');
    return first;
  };
  const emptied = (file: string, ...tables: ReadonlyArray<string>): void => {
    const db = openSqlite(file);
    for (const table of tables) db.exec(`DELETE FROM ${table}`);
    db.close();
  };
  const withoutVault = (directory: string) => rmSync(join(directory, 'vault'), { recursive: true });
  const withoutRow = (directory: string) =>
    emptied(
      join(directory, 'vault', 'vault.sqlite'),
      ...['deployment', 'pairing', 'workspace_keys', 'witnesses', 'removals', 'sealed_secrets'],
    );

  test.each([
    ['before its vault was made', withoutVault],
    ['before the vault had its first row', withoutRow],
  ])('%s is told by init and migrate what to do, and that does it', async (_, cutOff) => {
    const place = await putKept(oldest(), at().root, noServer);
    const { directory = '' } = place;
    const masterKey = { file: join(at().root, 'master.key') };
    cutOff(directory);
    emptied(join(directory, 'events.sqlite'), 'events', 'streams');
    const ways = [
      () => initKeyturn({ ...place, masterKey }),
      () => migrateKeyturn(place),
      () => migrateKeyturn({ ...place, dryRun: true }),
    ];
    for (const way of ways) {
      await expect(way()).rejects.toMatchObject({
        code: 'incomplete-data-directory',
        message: expect.stringContaining(
          'nothing was founded yet: empty the directory, and initialise it again',
        ),
      });
    }
    rmSync(directory, { recursive: true });
    await initKeyturn({ ...place, masterKey });
    await (await at().open(place)).close();
  });
});
