export type { EsdbUser } from './access/users';
export type { EsdbFaults } from './esdbFaults';
export { startEsdbServer, type EsdbNode, type EsdbServer } from './esdbServer';
export type { EsdbFeatures, EsdbServerOptions } from './esdbServerOptions';
