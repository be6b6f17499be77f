import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb';
import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb';
import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb';
import type { handleUnaryCall } from '@grpc/grpc-js';

/** The version whose list of methods is given. */
const SERVER_VERSION = '24.10.0';

const SERVICES = [
  StreamsService,
  PersistentSubscriptionsService,
  OperationsService,
  UsersService,
  GossipService,
  MonitoringService,
  ServerFeaturesService,
  ProjectionsService,
];

const featuresOf = (service: string, method: string): Array<string> => {
  if (service.endsWith('persistentsubscriptions')) return ['stream', 'all'];
  if (service.endsWith('streams') && method === 'read') return ['position', 'events'];
  if (service.endsWith('streams') && method === 'batchappend') return ['deadline_duration'];
  if (service.endsWith('projections') && method === 'create') return ['track_emitted_streams'];
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
  batchAppend: boolean,
): { readonly getSupportedMethods: handleUnaryCall<Empty, SupportedMethods> } => {
  const paths = SERVICES.flatMap((service) => Object.values(service).map(({ path }) => path)).filter(
    (path) => batchAppend || !path.endsWith('/BatchAppend'),
  );
  const methods = new SupportedMethods()
    .setEventStoreServerVersion(SERVER_VERSION)
    .setMethodsList(paths.map(supported));
  return { getSupportedMethods: (_call, callback) => callback(null, methods) };
};
