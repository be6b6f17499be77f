import * as E from 'fp-ts/Either';
import { openConnection } from '../connection';
import { parseConnectionString } from '../connectionString';

const MIB = 1024 * 1024;

/**
 * Bytes of one event from which on a server refuses an append, by its own defaults: all of an append up to 25.0, and
 * one event from 25.1 on, where an append may have 256 MiB (ClusterVNodeOptions.cs).
 */
export const limitOf = (version: string | null): number => {
  const match = /^(?<major>\d+)\.(?<minor>\d+)/.exec(version ?? '');
  const [major, minor] = [Number(match?.groups?.['major'] ?? 0), Number(match?.groups?.['minor'] ?? 0)];
  return major > 25 || (major === 25 && minor >= 1) ? 16 * MIB : MIB;
};

/** The same, asked of the server. */
export const refusedFrom = async (connectionString: string): Promise<number> => {
  const settings = parseConnectionString(connectionString);
  if (E.isLeft(settings)) throw settings.left;
  const connection = openConnection(settings.right);
  const { version } = await connection.features();
  connection.release();
  return limitOf(version);
};
