/* Loaded on first use: gRPC, PostgreSQL's driver and argon2 are for those who need them, and OpenTelemetry for those
   who want it. By `require`, since a native `import()` in a CommonJS module is refused where modules run in a context
   of their own, as under Jest. */

export const eventStoreDb = (): typeof import('@keyturn/event-store-eventstoredb') =>
  require('@keyturn/event-store-eventstoredb');
export const eventStoreSqlite = (): typeof import('@keyturn/event-store-sqlite') =>
  require('@keyturn/event-store-sqlite');
export const openTelemetry = (): typeof import('@opentelemetry/api') => require('@opentelemetry/api');
export const projections = (): typeof import('@keyturn/projections') => require('@keyturn/projections');
export const service = (): typeof import('@keyturn/service') => require('@keyturn/service');
export const permission = (): typeof import('@keyturn/service/permission') =>
  require('@keyturn/service/permission');
export const serviceReading = (): typeof import('@keyturn/service/reading') =>
  require('@keyturn/service/reading');
export const vault = (): typeof import('@keyturn/vault') => require('@keyturn/vault');
export const vendors = (): typeof import('@keyturn/vendors') => require('@keyturn/vendors');
