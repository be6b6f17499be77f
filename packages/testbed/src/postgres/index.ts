export { whyNoPostgres } from './binaries';
export { inCi, onPostgres } from './onPostgres';
export { startPostgres } from './postgresServer';
export type { KeptCluster, PostgresServer } from './postgresServer';
