export { whyNoPostgres } from './binaries';
export { inCi } from '../inCi';
export { onPostgres } from './onPostgres';
export { startPostgres } from './postgresServer';
export type { KeptCluster, PostgresServer } from './postgresServer';
