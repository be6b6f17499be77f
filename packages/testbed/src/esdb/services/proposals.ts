import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { ProposedEvent } from '../log/record';
import { readUuid } from '../wire/messages';
import { requiredMetadataMissing, unhandled } from '../wire/rpcError';

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

const NIL = '00000000-0000-0000-0000-000000000000';

export const readProposal = (message: Message): ProposedEvent => {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  const contentType = metadata.get('content-type');
  if (type === undefined) throw requiredMetadataMissing('type');
  if (contentType === undefined) throw requiredMetadataMissing('content-type');
  const id = readUuid(message.getId());
  if (id === NIL || type === '') throw unhandled();
  return {
    id,
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

/** The bytes of an event that count towards the limit of an append: text counts as UTF-16. */
export const sizeOfProposal = ({ type, data, metadata }: ProposedEvent): number =>
  data.length + metadata.length + type.length * 2;
