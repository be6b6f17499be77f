import type { VaultStorage } from '../storage';
import type { Database } from './connection';
import { logKeyRetirer, presentDeployment } from './deploymentRow';
import { freezing } from './freezing';
import { listing } from './listing';
import { pairingRow } from './pairingRow';
import { removals } from './removals';
import { sealedRows } from './sealedRows';
import { postgresShredder } from './shred';
import { witnesses } from './witnesses';
import { workspaceKeys } from './workspaceKeys';

/** The vault's tables in a PostgreSQL database. Its connections are closed with it. */
export const postgresStorage = (database: Database): VaultStorage => ({
  deployment: presentDeployment(database),
  retireLogKey: logKeyRetirer(database),
  ...workspaceKeys(database),
  ...sealedRows(database),
  ...freezing(database),
  ...listing(database),
  ...pairingRow(database),
  ...witnesses(database),
  ...removals(database),
  shred: postgresShredder(database),
  close: database.close,
});
