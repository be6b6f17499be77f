export {
  startEsdbServer,
  type EsdbFaults,
  type EsdbFeatures,
  type EsdbNode,
  type EsdbServer,
  type EsdbServerOptions,
} from './esdbServer';
