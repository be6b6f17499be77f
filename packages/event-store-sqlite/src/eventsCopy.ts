import type { StoreFault } from '@keyturn/event-store';
import { preparePrivateFile } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { whenNotBusy } from './busy';
import { openConnection } from './connection';
import { faultOf } from './sqliteFaults';

const BUSY_MS = 10_000;

/** The newest event of a stream. */
export interface CopiedHead {
  readonly stream: string;
  readonly revision: number;
  readonly metadata: string;
}

/** A copy of an embedded event store that is about to be made, while others append to it. */
export interface EventsCopy {
  /** The copy is of this moment. At once, and once. */
  readonly hold: () => E.Either<StoreFault, void>;
  /** Names the store. */
  readonly storeId: () => E.Either<StoreFault, string>;
  /** The streams of the moment that is held, by their names. */
  readonly heads: () => E.Either<StoreFault, ReadonlyArray<CopiedHead>>;
  /** Makes the copy, with mode 0600: in a file that is not there, and in steps that let others go on. */
  readonly copyTo: (file: string) => TE.TaskEither<StoreFault, void>;
  readonly close: () => void;
}

const HEADS = `
SELECT s.name, e.revision, e.metadata FROM streams s
JOIN events e ON e.stream_id = s.id
  AND e.revision = (SELECT max(revision) FROM events WHERE stream_id = s.id)
ORDER BY s.name`;

/**
 * Begins a copy of an embedded event store, in any format that is kept. Faults as of opening it.
 *
 * @example
 * const copy = await openEventsCopy('events.sqlite')();
 */
export const openEventsCopy = (file: string): TE.TaskEither<StoreFault, EventsCopy> =>
  TE.tryCatch(
    async () => {
      const db = await whenNotBusy(BUSY_MS, () => openConnection(file, { create: false, formats: 'kept' }));
      const reading = <A>(read: () => A): E.Either<StoreFault, A> =>
        E.tryCatch(read, (cause) => faultOf(file, cause));
      const storeId = db.pluck<[], string>('SELECT id FROM store');
      const heads = db.raw<[], readonly [string, number, string]>(HEADS);
      return {
        // A transaction sees what is there when it first reads.
        hold: () =>
          reading(() => {
            db.exec('BEGIN');
            storeId.get();
          }),
        storeId: () => reading(() => storeId.get() ?? ''),
        heads: () =>
          reading(() => heads.all().map(([stream, revision, metadata]) => ({ stream, revision, metadata }))),
        copyTo: (to) =>
          TE.tryCatch(
            async () => {
              preparePrivateFile(to, { create: true });
              await db.backup(to);
            },
            (cause) => faultOf(to, cause),
          ),
        close: () => db.close(),
      };
    },
    (cause) => faultOf(file, cause),
  );
