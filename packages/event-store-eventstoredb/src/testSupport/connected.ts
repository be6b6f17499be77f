import type { EventStore } from '@keyturn/event-store';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { parseConnectionString } from '../connectionString';
import { connectEventStoreDb } from '../eventStoreDbEventStore';
import { right } from './outcomes';

/** A store on the server of a connection string. */
export const connected = (connectionString: string): Promise<EventStore> =>
  right(pipe(TE.fromEither(parseConnectionString(connectionString)), TE.chain(connectEventStoreDb)));
