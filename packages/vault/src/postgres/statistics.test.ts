import { expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import { expectNoStatistics } from './statistics';

test('all columns whose statistics may have sealed bytes are named', async () => {
  const rows = [{ name: 'data_keys.sealed' }, { name: 'rotation.master_check' }];
  await expect(expectNoStatistics(scriptedSession({ pg_stats: rows }))).rejects.toThrow(
    'may have sealed bytes of data_keys.sealed, rotation.master_check: a superuser',
  );
});
