import { readFileSync } from 'node:fs';
import { EventStoreDBClient, type ChannelCredentialOptions } from '@eventstore/db-client';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethod } from '@eventstore/db-client/generated/serverfeatures_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb';
import { status, type Client, type ClientDuplexStream, type ClientReadableStream } from '@grpc/grpc-js';
import { StoreFault } from '@keyturn/event-store';
import type { ConnectionSettings } from './connectionString';
import type { ServerFeatures } from './serverFeatures';

/** A call of the server, and the client that it was made with. */
export interface OpenCall<Call> {
  readonly call: Call;
  /** The same until a call fails. What one call learned of the server then holds for the next. */
  readonly over: object;
  /** Call this when the call has failed. The next one then goes to the leader, or over a new connection. */
  readonly failed: (error: Error) => Promise<void>;
}

const NAME = 'keyturn';
/** A server that lives answers within this. Whoever has less time stops waiting. */
const ASKING_MS = 60_000;

const isBatchAppend = (method: SupportedMethod): boolean =>
  `/${method.getServiceName()}/${method.getMethodName()}`.toLowerCase() ===
  StreamsService.batchAppend.path.toLowerCase();

/**
 * The official client finds the nodes, keeps the connections and authenticates. Reads and appends use its generated
 * messages, not its own functions, for two reasons. Its batches of appends share one table per process, so the end of
 * one connection fails the appends of another. Its subscriptions report checkpoints ahead of events that they hold
 * back.
 */
export class Connection extends EventStoreDBClient {
  private newest: Client | null = null;
  private released = false;
  /** Asked once over each connection. */
  private readonly asked = new WeakMap<Client, Promise<ServerFeatures>>();

  private async held<C extends Client>(looking: Promise<C>): Promise<C> {
    const client = await looking;
    if (this.released) {
      client.close();
      throw new Error('The channel has been closed.');
    }
    this.newest = client;
    return client;
  }

  /** Never rejects. It may wait for a connection that another call looks for; that call reports the failure. */
  private async leave(client: Client, error: Error): Promise<void> {
    try {
      await this.handleError(client, error);
    } catch {
      // The next call looks for a connection anew.
    }
  }

  private async opened<Call>(open: (client: StreamsClient) => Call): Promise<OpenCall<Call>> {
    const client = await this.held(this.execute(StreamsClient, NAME, (found) => Promise.resolve(found)));
    return { call: open(client), over: client, failed: (error) => this.leave(client, error) };
  }

  /** Begins a read or a subscription. It has no deadline: the reader decides how long to wait for a message. */
  openRead(request: ReadReq): Promise<OpenCall<ClientReadableStream<ReadResp>>> {
    return this.opened((client) =>
      client.read(request, ...this.callArguments({ requiresLeader: true }, { deadline: Infinity })),
    );
  }

  /** Begins a call that takes any number of appends. */
  openAppends(): Promise<OpenCall<ClientDuplexStream<BatchAppendReq, BatchAppendResp>>> {
    return this.opened((client) =>
      client.batchAppend(...this.callArguments({ requiresLeader: true }, { deadline: Infinity })),
    );
  }

  /** One append as a call of its own. Rejects with its error, once the connection knows of it. */
  async appendOnce(messages: ReadonlyArray<AppendReq>, deadlineMs: number): Promise<AppendResp> {
    let fail: (error: Error) => Promise<void> = () => Promise.resolve();
    try {
      return await new Promise<AppendResp>((resolve, reject) => {
        this.opened((client) =>
          client.append(
            ...this.callArguments({ requiresLeader: true, deadline: deadlineMs }),
            (error, response) => (error === null ? resolve(response) : reject(error)),
          ),
        ).then(({ call, failed }) => {
          fail = failed;
          call.on('error', () => undefined);
          for (const message of messages) call.write(message);
          call.end();
        }, reject);
      });
    } catch (error) {
      if (error instanceof Error) await fail(error);
      throw error;
    }
  }

  /** Closes the connection: no further call can be begun. */
  release(): void {
    this.released = true;
    this.newest?.close();
  }

  private ask(client: ServerFeaturesClient): Promise<ServerFeatures> {
    return new Promise((resolve, reject) => {
      client.getSupportedMethods(
        new Empty(),
        ...this.callArguments({ deadline: ASKING_MS }),
        (error, answer) => {
          if (error === null) {
            const version = answer.getEventStoreServerVersion();
            resolve({
              takesBatches: answer.getMethodsList().some(isBatchAppend),
              version: version === '' ? null : version,
            });
          } else if (error.code === status.UNIMPLEMENTED) resolve({ takesBatches: false, version: null });
          else reject(error);
        },
      );
    });
  }

  /**
   * What the server says of itself.
   *
   * This asks the server itself. The client's own list is of no use: the client asks once, and when no server answers
   * it keeps an empty list.
   */
  async features(): Promise<ServerFeatures> {
    const client = await this.held(
      this.execute(ServerFeaturesClient, NAME, (found) => Promise.resolve(found)),
    );
    const asked = this.asked.get(client) ?? this.ask(client);
    this.asked.set(client, asked);
    try {
      return await asked;
    } catch (error) {
      this.asked.delete(client);
      if (error instanceof Error) await this.leave(client, error);
      throw error;
    }
  }
}

const file = (path: string, what: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new StoreFault(
      'invalid-argument',
      `The ${what} of the connection string can't be read (${code}): ${path}. Name a file in PEM form.`,
    );
  }
};

const channelCredentials = (settings: ConnectionSettings): ChannelCredentialOptions => {
  if (!settings.tls) return { insecure: true };
  const { tlsCAFile, userCertFile, userKeyFile } = settings;
  return {
    insecure: false,
    ...(tlsCAFile === null ? {} : { rootCertificate: file(tlsCAFile, 'tlsCAFile') }),
    ...(userCertFile === null ? {} : { userCertFile: file(userCertFile, 'userCertFile') }),
    ...(userKeyFile === null ? {} : { userKeyFile: file(userKeyFile, 'userKeyFile') }),
  };
};

/**
 * Makes a connection. Nothing is sent before its first call. The client's own parser of connection strings is not used:
 * it writes passwords to debug logs and quotes them in errors.
 *
 * @throws StoreFault `invalid-argument` for a certificate or key that can't be read
 */
export const openConnection = (settings: ConnectionSettings): Connection => {
  const { endpoints, discover, connectionName } = settings;
  const [first] = endpoints;
  if (first === undefined) throw new StoreFault('invalid-argument', 'The connection string names no host.');
  const common = {
    keepAliveInterval: settings.keepAliveInterval,
    keepAliveTimeout: settings.keepAliveTimeout,
    defaultDeadline: settings.defaultDeadline,
    ...(connectionName === null ? {} : { connectionName }),
  };
  const cluster = {
    ...common,
    nodePreference: 'leader',
    maxDiscoverAttempts: settings.maxDiscoverAttempts,
    discoveryInterval: settings.discoveryInterval,
    gossipTimeout: settings.gossipTimeout,
  } as const;
  const tls = channelCredentials(settings);
  const user = settings.credentials() ?? undefined;
  if (discover) return new Connection({ ...cluster, discover: first }, tls, user);
  if (endpoints.length > 1) return new Connection({ ...cluster, endpoints: [...endpoints] }, tls, user);
  return new Connection({ ...common, endpoint: first }, tls, user);
};
