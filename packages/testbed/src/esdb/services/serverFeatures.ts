import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb';
import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb';
import type { handleUnaryCall } from '@grpc/grpc-js';

const SERVICES = [
  StreamsService,
  PersistentSubscriptionsService,
  OperationsService,
  UsersService,
  GossipService,
  MonitoringService,
  ServerFeaturesService,
];

/** The client has no definition of it. */
const REDACTION = ['geteventpositions', 'switchchunks'].map(
  (method) => `/event_store.client.redaction.Redaction/${method}`,
);

const featuresOf = (service: string, method: string): Array<string> => {
  if (service.endsWith('persistentsubscriptions')) return ['stream', 'all'];
  if (service.endsWith('streams') && method === 'read') return ['position', 'events'];
  if (service.endsWith('streams') && method === 'batchappend') return ['deadline_duration'];
  return [];
};

const supported = (path: string): SupportedMethod => {
  const [, service = '', method = ''] = path.toLowerCase().split('/');
  return new SupportedMethod()
    .setServiceName(service)
    .setMethodName(method)
    .setFeaturesList(featuresOf(service, method));
};

/** Lists what a real server of that version has, also the services that are answered here with `UNIMPLEMENTED`. */
export const makeServerFeatures = (
  release: string,
  batchAppend: boolean,
): { readonly getSupportedMethods: handleUnaryCall<Empty, SupportedMethods> } => {
  const served = SERVICES.flatMap((service) => Object.values(service).map(({ path }) => path));
  const paths = [...served, ...REDACTION].filter((path) => batchAppend || !path.endsWith('/BatchAppend'));
  const methods = new SupportedMethods()
    .setEventStoreServerVersion(release)
    .setMethodsList(paths.map(supported));
  return { getSupportedMethods: (_call, callback) => callback(null, methods) };
};
