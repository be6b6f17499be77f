export { startEsdbServer, type EsdbServer } from './esdbServer';
export type { EsdbServerOptions } from './esdbServerOptions';
