import * as t from 'io-ts';
import { readRecord, writeRecord } from './dataRecord';

const Stored = t.strict({ vault: t.literal('postgresql'), deploymentId: t.string });

/** The deployment of the vault that a data directory has on a server; null where it lies in the directory. */
export const readVaultRecord = (path: string): string | null =>
  readRecord(path, 'vault', Stored)?.deploymentId ?? null;

export const writeVaultRecord = (path: string, deploymentId: string): void =>
  writeRecord(path, Stored.encode({ vault: 'postgresql', deploymentId }));
