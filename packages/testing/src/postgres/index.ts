export { whyNoPostgres } from './binaries';
export { onPostgres } from './onPostgres';
export { startPostgres } from './postgresServer';
export type { PostgresServer } from './postgresServer';
