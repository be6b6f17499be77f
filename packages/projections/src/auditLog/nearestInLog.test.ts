import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';
import { nextName } from './nearestInLog';

test.each(['actor', 'caseId', 'originRef', 'projectId', 'runId'] as const)(
  'F-C7: the next name of a kind (%s) is one look into an index',
  async (kind) => {
    await withOnDisk(async ({ file, append, open }) => {
      const models = await open();
      await append(someHistory(50, 1));
      await right(models.catchUp);
      const db = openSqlite(file, { readonly: true });
      const given = kind === 'projectId' ? ['acme', 'a'] : ['a'];
      const plan = db
        .prepare<ReadonlyArray<string>, { detail: string }>(`explain query plan ${nextName(kind)}`)
        .all(...given)
        .map(({ detail }) => detail);
      db.close();
      expect(plan).toEqual([expect.stringMatching(/^SEARCH audit_entries_g\d+ USING COVERING INDEX /)]);
    });
  },
);
