import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { ProposedEvent } from '../log/record';
import { readUuid } from '../wire/messages';
import { unhandled } from '../wire/rpcError';
import type { ServiceContext } from './context';

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const NIL = '00000000-0000-0000-0000-000000000000';

export type Property = 'type' | 'content-type';

/** Reads a property that each event has; throws what `missing` gives when it has none. */
export const readProperty = (
  message: Message,
  property: Property,
  missing: (property: Property) => Error,
): string => {
  const value = message.getMetadataMap().get(property);
  if (value === undefined) throw missing(property);
  return value;
};

export const readProposal = (message: Message, missing: (property: Property) => Error): ProposedEvent => {
  const id = readUuid(message.getId());
  const type = readProperty(message, 'type', missing);
  const contentType = readProperty(message, 'content-type', missing);
  if (id === NIL) throw unhandled("Empty eventId provided. (Parameter 'eventId')");
  if (type === '') throw unhandled("Empty eventType provided. (Parameter 'eventType')");
  return {
    id,
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

/** The bytes of an event that count towards the limits: the type counts as UTF-16. */
export const sizeOfProposal = ({ version }: ServiceContext, message: Message): number => {
  const data = message.getData_asU8().length;
  if (version.appendSize === 'data') return data;
  return (
    data + message.getCustomMetadata_asU8().length + (message.getMetadataMap().get('type')?.length ?? 0) * 2
  );
};

export const exceedsEventLimit = ({ version, maxAppendEventBytes }: ServiceContext, size: number): boolean =>
  version.limitsEvents && size > maxAppendEventBytes;
