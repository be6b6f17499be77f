import {
  AccessDeniedError,
  CancelledError,
  convertToCommandError,
  DeadlineExceededError,
  InvalidArgumentError,
  isCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
  EventStoreDBClient,
} from '@eventstore/db-client';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethod } from '@eventstore/db-client/generated/serverfeatures_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { Metadata, status, type Client } from '@grpc/grpc-js';
import { StoreFault } from '@keyturn/event-store';
import type { AppendAnswer, AppendRequest } from './appends';
import type { AppendsCall, OpenCall, ReadCall } from './calls';
import { certificatesOf } from './certificates';
import type { ConnectionSettings } from './connectionString';
import type { ReadQuery } from './reads';
import type { ServerFeatures } from './serverFeatures';
import { NEVER_BEGUN, neverLeft, type Trouble } from './trouble';
import {
  answerOfBatch,
  answerOfSingle,
  batchMessage,
  correlationOf,
  readMessage,
  readRequest,
  singleMessages,
} from './wire';

/** Statuses that the client has no class for. From gRPC's list: they are part of the protocol. */
const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const INTERNAL = 13;

/** gRPC's words, as the whole beginning of a text. */
const UNSENDABLE = /^13 INTERNAL: Request message serialization failure: /;

/** What newer servers call an append of which one event is too large. The client has no class for it. */
const EVENT_TOO_LARGE = 'maximum-append-event-size-exceeded';

const statusOf = (error: Error): number | null =>
  'code' in error && typeof error.code === 'number' ? error.code : null;

const exceptionOf = (error: Error): string | null => {
  const trailers: unknown = 'metadata' in error ? error.metadata : null;
  return trailers instanceof Metadata ? (trailers.get('exception')[0]?.toString() ?? null) : null;
};

export const troubleOf = (thrown: unknown): Trouble => {
  if (!(thrown instanceof Error)) return { kind: 'unforeseen' };
  const error = isCommandError(thrown) ? thrown : convertToCommandError(thrown);
  if (error instanceof NotLeaderError) return { kind: 'not-leader' };
  if (neverLeft(error) || NEVER_BEGUN.test(error.message)) return { kind: 'turned-away' };
  if (UNSENDABLE.test(thrown.message)) return { kind: 'unsendable' };
  if (error instanceof AccessDeniedError || statusOf(thrown) === PERMISSION_DENIED) {
    return { kind: 'access-denied' };
  }
  if (error instanceof StreamDeletedError) return { kind: 'stream-deleted' };
  if (error instanceof MaxAppendSizeExceededError || exceptionOf(thrown) === EVENT_TOO_LARGE)
    return { kind: 'too-large' };
  if (error instanceof InvalidArgumentError || statusOf(thrown) === INVALID_ARGUMENT)
    return { kind: 'invalid' };
  if (error instanceof TimeoutError) return { kind: 'timed-out' };
  if (
    error instanceof UnavailableError ||
    error instanceof CancelledError ||
    error instanceof DeadlineExceededError ||
    statusOf(thrown) === INTERNAL ||
    statusOf(thrown) === RESOURCE_EXHAUSTED ||
    statusOf(thrown) === UNKNOWN
  ) {
    return { kind: 'broken-off' };
  }
  return { kind: 'unforeseen' };
};

/** Whether an append can be put into bytes. The end of a call does not say which of its messages could not. */
export const isSendable = (request: AppendRequest): boolean => {
  try {
    batchMessage(request, '').serializeBinary();
    return true;
  } catch {
    return false;
  }
};

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
  openRead(query: ReadQuery): Promise<OpenCall<ReadCall>> {
    return this.opened((client) => {
      const call = client.read(
        readRequest(query),
        ...this.callArguments({ requiresLeader: true }, { deadline: Infinity }),
      );
      return {
        onMessage: (take) => void call.on('data', (message: ReadResp) => take(readMessage(message))),
        onEnd: (take) => void call.on('end', take),
        onError: (take) => void call.on('error', take),
        pause: () => void call.pause(),
        resume: () => void call.resume(),
        isPaused: () => call.isPaused(),
        cancel: () => call.cancel(),
      };
    });
  }

  /** Begins a call that takes any number of appends. */
  openAppends(): Promise<OpenCall<AppendsCall>> {
    return this.opened((client) => {
      const call = client.batchAppend(
        ...this.callArguments({ requiresLeader: true }, { deadline: Infinity }),
      );
      return {
        write: (correlation, request) => call.write(batchMessage(request, correlation)),
        writable: () =>
          new Promise((resolve) => {
            const events = ['drain', 'error', 'status'];
            const done = (): void => {
              for (const event of events) call.off(event, done);
              resolve();
            };
            for (const event of events) call.on(event, done);
          }),
        onAnswer: (take) =>
          void call.on('data', (answer: BatchAppendResp) =>
            take(correlationOf(answer), answerOfBatch(answer)),
          ),
        onError: (take) => void call.on('error', take),
        onStatus: (take) => void call.on('status', () => take()),
        end: () => {
          call.end();
          call.cancel();
        },
      };
    });
  }

  /** One append as a call of its own. Rejects with its error, once the connection knows of it. */
  async appendOnce(request: AppendRequest, deadlineMs: number): Promise<AppendAnswer> {
    let fail: (error: Error) => Promise<void> = () => Promise.resolve();
    try {
      const answer = await new Promise<AppendResp>((resolve, reject) => {
        this.opened((client) =>
          client.append(
            ...this.callArguments({ requiresLeader: true, deadline: deadlineMs }),
            (error, response) => (error === null ? resolve(response) : reject(error)),
          ),
        ).then(({ call, failed }) => {
          fail = failed;
          call.on('error', () => undefined);
          for (const message of singleMessages(request)) call.write(message);
          call.end();
        }, reject);
      });
      return answerOfSingle(answer);
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
  const tls = certificatesOf(settings);
  const user = settings.credentials() ?? undefined;
  if (discover) return new Connection({ ...cluster, discover: first }, tls, user);
  if (endpoints.length > 1) return new Connection({ ...cluster, endpoints: [...endpoints] }, tls, user);
  return new Connection({ ...common, endpoint: first }, tls, user);
};
