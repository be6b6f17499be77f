import type { Envelope } from '@keyturn/domain';
import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = 'b2f9a0c4-7d0e-4f0a-9a53-0c8d8f6f2c11';

/** The event's id: the same for the same event of the same command, so that a retried append is recognised (RFC 9562, v5). */
export const eventIdOf = (envelope: Pick<Envelope, 'workspaceId' | 'commandId' | 'index'>): string =>
  uuidv5(`${envelope.workspaceId}/${envelope.commandId}/${envelope.index}`, NAMESPACE);
