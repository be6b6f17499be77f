import { StoreFault, type EventData, type ExpectedRevision } from '@keyturn/event-store';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LARGEST_PAGE = 4_096;

const invalid = (message: string): StoreFault => new StoreFault('invalid-argument', message);

/** @throws StoreFault `invalid-argument` */
export const checkLimit = <O extends { readonly limit: number }>(options: O): O => {
  const { limit } = options;
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return options;
  throw invalid(`A page has 1 to ${LARGEST_PAGE} events; ${limit} were asked for.`);
};

/** @throws StoreFault `invalid-argument` */
export const checkAppend = (
  stream: string,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventData>,
): ReadonlyArray<EventData> => {
  if (stream === '') throw invalid('A stream has a name.');
  if (events.length === 0) throw invalid('An append has at least one event.');
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw invalid(`An expected revision is a whole number from 0; ${expected} was given.`);
  }
  for (const { id, type } of events) {
    if (!UUID.test(id)) throw invalid('The id of an event is a UUID.');
    if (type === '') throw invalid('An event has a type.');
  }
  return events;
};
