import { StreamIdentifier, UUID, AllStreamPosition } from '@eventstore/db-client/generated/shared_pb';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Position } from '../log/position';
import type { LogRecord } from '../log/record';
import { invalidArgument } from './rpcError';

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The client sends UUIDs as text. Those that send two numbers are not served. */
export const readUuid = (uuid: UUID | undefined): string => {
  const text = uuid?.getString().toLowerCase() ?? '';
  if (!UUID_PATTERN.test(text)) throw invalidArgument(`'${text}' is not a UUID in text form`);
  return text;
};

export const writeUuid = (text: string): UUID => new UUID().setString(text);

export const readStreamName = (identifier: StreamIdentifier | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
  if (name === '') throw invalidArgument('Required field StreamIdentifier not set.');
  return name;
};

export const writeStreamName = (name: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(name, 'utf8')));

export const readPosition = (position: ReadReq.Options.Position): Position => ({
  commit: BigInt(position.getCommitPosition()),
  prepare: BigInt(position.getPreparePosition()),
});

export const writeAllStreamPosition = (position: bigint): AllStreamPosition =>
  new AllStreamPosition().setCommitPosition(position.toString()).setPreparePosition(position.toString());

/** .NET counts time in units of 100 nanoseconds. */
const TICKS_PER_MILLISECOND = 10_000n;

export const writeEvent = (record: LogRecord): ReadResp => {
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(writeUuid(record.id))
    .setStreamIdentifier(writeStreamName(record.stream))
    .setStreamRevision(record.revision.toString())
    .setCommitPosition(record.position.toString())
    .setPreparePosition(record.position.toString())
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('created', (BigInt(record.created) * TICKS_PER_MILLISECOND).toString())
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  return new ReadResp().setEvent(
    new ReadResp.ReadEvent().setEvent(event).setCommitPosition(record.position.toString()),
  );
};

export const writeCheckpoint = ({ commit, prepare }: Position): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(commit.toString()).setPreparePosition(prepare.toString()),
  );
