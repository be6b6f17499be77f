import type { Envelope } from '@keyturn/domain';
import { v5 as uuidv5 } from 'uuid';

/**
 * The event's id (RFC 9562, v5): the same whenever the same append is sent again, so that a store recognises it, and
 * another for every other attempt at the same command. What two attempts would write differs (key ids, times), so
 * neither may be taken for the other: docs/decisions/0031.
 *
 * @param attempt - the bytes of a UUID made for one append and kept for sending it again
 */
export const eventIdOf = (
  attempt: Uint8Array,
  { commandId, index }: Pick<Envelope, 'commandId' | 'index'>,
): string => uuidv5(`${commandId}/${index}`, attempt);
