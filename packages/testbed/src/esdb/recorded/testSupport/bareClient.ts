import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { credentials, Metadata, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import type { EsdbServer } from '../../esdbServer';
import { deleteRequest, readRequest, tombstoneRequest, type Expected, type ReadRequest } from './requests';
import {
  tellAppend,
  tellBatch,
  tellDone,
  tellFailure,
  tellRead,
  type Told,
  type ToldFields,
} from './telling';

/** What a call with many answers has told so far. */
export interface Seen {
  readonly answers: ReadonlyArray<ToldFields>;
  /** Ends when so many answers of this kind came, or when the call has ended. */
  readonly until: (kind: string, count?: number) => Promise<void>;
}

/** Calls of one user, null for nobody. */
export interface Calls {
  readonly append: (messages: ReadonlyArray<AppendReq>) => Promise<ToldFields>;
  /** Takes so many answers of a batch, and those that have come by then. */
  readonly batch: (messages: ReadonlyArray<BatchAppendReq>, wanted?: number) => Promise<ToldFields>;
  /** Reads to the end; or as long as `meanwhile` lasts, and what has come by then. */
  readonly read: (request: ReadRequest, meanwhile?: (seen: Seen) => Promise<void>) => Promise<ToldFields>;
  readonly remove: (kind: 'delete' | 'tombstone', stream: string, expected: Expected) => Promise<ToldFields>;
}

/** A client of the generated definitions alone: it sends and takes what is wrong, too. */
export interface BareClient {
  readonly as: (user: string | null) => Calls;
  readonly features: () => Promise<ToldFields>;
  readonly gossip: () => Promise<ToldFields>;
  readonly close: () => void;
}

const DEADLINE_MS = 30_000;
const deadline = () => ({ deadline: Date.now() + DEADLINE_MS });

const headersOf = (user: string | null): Metadata => {
  const metadata = new Metadata();
  if (user !== null) metadata.set('authorization', `Basic ${Buffer.from(user).toString('base64')}`);
  return metadata;
};

/** Collects what a call answers. */
const collect = <Response>(
  call: Pick<ClientReadableStream<Response>, 'on'>,
  tell: (response: Response) => ToldFields,
) => {
  const answers: ToldFields[] = [];
  const waiting = new Set<() => void>();
  let end: Told;
  const changed = (): void => waiting.forEach((check) => check());
  const over = (how: Told): void => {
    end ??= how;
    changed();
  };
  call.on('data', (response: Response) => {
    answers.push(tell(response));
    changed();
  });
  call.on('error', (error: ServiceError) => over(tellFailure(error)));
  call.on('end', () => over('OK'));
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (end === undefined && !isSo()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  const countOf = (kind: string): number => answers.filter((answer) => kind in answer).length;
  const seen: Seen = { answers, until: (kind, count = 1) => until(() => countOf(kind) >= count) };
  return {
    seen,
    until,
    result: (): ToldFields => ({ answers: [...answers], ...(end === undefined ? {} : { end }) }),
  };
};

export const connectBareClient = ({ caFile, port }: EsdbServer): BareClient => {
  const address = `localhost:${port}`;
  const secrets =
    caFile === null ? credentials.createInsecure() : credentials.createSsl(readFileSync(caFile));
  const options = {
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
  };
  const streams = new StreamsClient(address, secrets, options);
  const channelOverride = { ...options, channelOverride: streams.getChannel() };
  const gossip = new GossipClient(address, secrets, channelOverride);
  const features = new ServerFeaturesClient(address, secrets, channelOverride);

  const tellGossip = (): Promise<ToldFields> =>
    new Promise((resolve) => {
      gossip.read(new Empty(), headersOf(null), deadline(), (error, members) =>
        resolve(
          error !== null
            ? tellFailure(error)
            : {
                members: members.getMembersList().map((member) => ({
                  state: member.getState(),
                  isAlive: member.getIsAlive(),
                  address: member.getHttpEndPoint()?.getAddress(),
                })),
              },
        ),
      );
    });
  /** What the server has sent until now comes before the answers of two calls by the same connection. */
  const settled = async (): Promise<void> => {
    await tellGossip();
    await tellGossip();
  };

  const as = (user: string | null): Calls => ({
    append: (messages) =>
      new Promise((resolve) => {
        const call = streams.append(headersOf(user), deadline(), (error, response) =>
          resolve(error === null ? tellAppend(response) : tellFailure(error)),
        );
        call.on('error', () => undefined); // told by the callback
        for (const message of messages) call.write(message);
        call.end();
      }),
    batch: async (messages, wanted = 1) => {
      const call = streams.batchAppend(headersOf(user), deadline());
      const collected = collect(call, tellBatch);
      for (const message of messages) call.write(message);
      await collected.until(() => collected.seen.answers.length >= wanted);
      await settled();
      const result = collected.result();
      call.cancel();
      return result;
    },
    read: async (request, meanwhile) => {
      const call = streams.read(readRequest(request), headersOf(user), deadline());
      const collected = collect(call, tellRead);
      if (meanwhile === undefined) await collected.until(() => false);
      else {
        await meanwhile(collected.seen);
        await settled();
      }
      const result = collected.result();
      call.cancel();
      return result;
    },
    remove: (kind, stream, expected) =>
      new Promise((resolve) => {
        const tell = (
          error: ServiceError | null,
          response: { readonly getPosition: () => Parameters<typeof tellDone>[0] },
        ): void => resolve(error === null ? tellDone(response.getPosition()) : tellFailure(error));
        if (kind === 'delete')
          streams.delete(deleteRequest(stream, expected), headersOf(user), deadline(), tell);
        else streams.tombstone(tombstoneRequest(stream, expected), headersOf(user), deadline(), tell);
      }),
  });

  return {
    as,
    features: () =>
      new Promise((resolve) => {
        features.getSupportedMethods(new Empty(), headersOf(null), deadline(), (error, methods) =>
          resolve(
            error !== null
              ? tellFailure(error)
              : {
                  version: methods.getEventStoreServerVersion(),
                  methods: methods
                    .getMethodsList()
                    .map((method) => {
                      const service = method.getServiceName().replace('event_store.client.', '');
                      return [`${service}/${method.getMethodName()}`, ...method.getFeaturesList()].join(' ');
                    })
                    .sort(),
                },
          ),
        );
      }),
    gossip: tellGossip,
    close: () => streams.close(),
  };
};
