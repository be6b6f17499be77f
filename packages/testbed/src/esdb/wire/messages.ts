import { StreamIdentifier, UUID, AllStreamPosition } from '@eventstore/db-client/generated/shared_pb';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Position } from '../log/position';
import type { LogRecord } from '../log/record';
import { unhandled } from './rpcError';

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const ofNumbers = (structured: UUID.Structured): string => {
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** An id in either of its forms, as text in lower case. */
export const readUuid = (uuid: UUID | undefined): string => {
  if (uuid === undefined) throw unhandled("Value cannot be null. (Parameter 'dto')");
  const structured = uuid.getStructured();
  if (structured !== undefined) return ofNumbers(structured);
  const text = uuid.getString().toLowerCase();
  if (!UUID_PATTERN.test(text)) throw unhandled('Unrecognized Guid format.');
  return text;
};

export type UuidForm = 'text' | 'numbers';

export const writeUuid = (text: string, form: UuidForm): UUID => {
  if (form === 'text') return new UUID().setString(text);
  const hex = text.replaceAll('-', '');
  const signed = (digits: string): string => BigInt.asIntN(64, BigInt(`0x${digits}`)).toString();
  return new UUID().setStructured(
    new UUID.Structured()
      .setMostSignificantBits(signed(hex.slice(0, 16)))
      .setLeastSignificantBits(signed(hex.slice(16))),
  );
};

/** The name of a stream, which may be empty; it must be there. */
export const readStreamName = (identifier: StreamIdentifier | undefined): string => {
  if (identifier === undefined) throw unhandled('Object reference not set to an instance of an object.');
  return Buffer.from(identifier.getStreamName_asU8()).toString('utf8');
};

export const writeStreamName = (name: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(name, 'utf8')));

export const readPosition = (position: ReadReq.Options.Position): Position => {
  const [commit, prepare] = [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())];
  if (commit < prepare) throw unhandled('The commit position cannot be less than the prepare position');
  return { commit, prepare };
};

export const writeAllStreamPosition = (position: bigint): AllStreamPosition =>
  new AllStreamPosition().setCommitPosition(position.toString()).setPreparePosition(position.toString());

/** .NET counts time in units of 100 nanoseconds. */
const TICKS_PER_MILLISECOND = 10_000n;

const newEvent = (record: LogRecord, ids: UuidForm): ReadResp => {
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(writeUuid(record.id, ids))
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

/** A message whose bytes are known. */
class Serialised extends ReadResp {
  readonly #bytes: Uint8Array;

  constructor(message: ReadResp) {
    super();
    this.#bytes = message.serializeBinary();
  }

  override serializeBinary(): Uint8Array {
    return this.#bytes;
  }
}

const written: { readonly [Form in UuidForm]: WeakMap<LogRecord, ReadResp> } = {
  text: new WeakMap(),
  numbers: new WeakMap(),
};

/** An event as it is sent, made once for all who read it: that costs more than to send it. */
export const writeEvent = (record: LogRecord, ids: UuidForm): ReadResp => {
  const message = written[ids].get(record) ?? new Serialised(newEvent(record, ids));
  written[ids].set(record, message);
  return message;
};

export const writeCheckpoint = ({ commit, prepare }: Position): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(commit.toString()).setPreparePosition(prepare.toString()),
  );
