import { openSqlite } from '@keyturn/sqlite';
import type { Appended } from './histories';

/** What the two clocks said of one event. */
export interface Clocks {
  /** The store's. */
  readonly recordedAt: number;
  /** The service's. */
  readonly time: number;
}

/** The same history, of a service whose clock said this, event by event. */
export const toldAt = (
  history: ReadonlyArray<Appended>,
  clocks: (sequence: number) => Clocks,
): ReadonlyArray<Appended> => {
  let sequence = 0;
  return history.map((appended) => ({
    ...appended,
    events: appended.events.map((enveloped) => {
      sequence += 1;
      return { ...enveloped, envelope: { ...enveloped.envelope, time: clocks(sequence).time } };
    }),
  }));
};

/** As if a store whose clock said this had recorded the events: they are the first of the file. */
export const recordedAs = (eventFile: string, clocks: (sequence: number) => Clocks): void => {
  const events = openSqlite(eventFile);
  const set = events.prepare<[number, number]>('update events set recorded_at = ? where position = ?');
  const positions = events.prepare<[], { position: number }>('select position from events order by position');
  events.exec('begin');
  positions.all().forEach(({ position }, n) => set.run(clocks(n + 1).recordedAt, position));
  events.exec('commit');
  events.close();
};
