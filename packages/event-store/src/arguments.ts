import * as E from 'fp-ts/Either';
import type {
  EventData,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SnapshotToSave,
} from './eventStore';
import { StoreFault } from './faults';
import { isJsonText } from './json';

const LARGEST_PAGE = 4_096;
const LONGEST_NAME = 256;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// A name is well-formed text without control characters; `$` is how EventStoreDB marks its own.
const NAME = /^(?!\$)[^\p{Cc}\p{Cs}]+$/u;
const PART = /^[A-Za-z0-9_-]{1,64}$/;
const TEXT = /^[^\p{Cs}]*$/u;

const isName = (name: string): boolean => name.length <= LONGEST_NAME && NAME.test(name);
const isRevision = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const NAME_RULE = `1 to ${LONGEST_NAME} characters, none of them a control character, and does not start with "$"`;

const invalid = (message: string) => E.left(new StoreFault('invalid-argument', message));

/** Takes a stream's name, or faults `invalid-argument`. */
export const checkStream = (stream: string): E.Either<StoreFault, string> =>
  isName(stream) ? E.right(stream) : invalid(`The name of a stream has ${NAME_RULE}.`);

const problemOfPage = (limit: number): string | null =>
  Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE
    ? null
    : `A page holds 1 to ${LARGEST_PAGE} events; ${limit} were asked for.`;

const problemOfEvent = ({ id, type, data, metadata }: EventData): string | null => {
  if (!UUID.test(id)) return 'The id of an event is a UUID in lower case.';
  if (!isName(type)) return `The type of an event has ${NAME_RULE} (event ${id}).`;
  if (!isJsonText(data)) return `The data of event ${id} (${type}) is no JSON text.`;
  return isJsonText(metadata) ? null : `The metadata of event ${id} (${type}) is no JSON text.`;
};

/**
 * Takes an append as every store does, or faults `invalid-argument`. Refused are a stream
 * name of more than 256 characters, an expected revision below 0, no events, an id that is no UUID in lower case, an id
 * twice, a type without a name, data or metadata that is no JSON text.
 */
export const checkAppend = (
  stream: string,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventData>,
): E.Either<StoreFault, ReadonlyArray<EventData>> => {
  const named = checkStream(stream);
  if (E.isLeft(named)) return named;
  if (typeof expected === 'number' && !isRevision(expected)) {
    return invalid(`An expected revision is a whole number from 0; ${expected} was given.`);
  }
  if (events.length === 0) return invalid('An append has at least one event.');
  if (new Set(events.map(({ id }) => id)).size < events.length) {
    return invalid('Two events of one append have the same id.');
  }
  for (const event of events) {
    const problem = problemOfEvent(event);
    if (problem !== null) return invalid(problem);
  }
  return E.right(events);
};

/** Takes the options of a stream's read, or faults `invalid-argument`. */
export const checkReadStream = (
  stream: string,
  options: ReadStreamOptions,
): E.Either<StoreFault, ReadStreamOptions> => {
  const named = checkStream(stream);
  if (E.isLeft(named)) return named;
  if (options.from !== undefined && !isRevision(options.from)) {
    return invalid(`A stream is read from a whole number from 0; ${options.from} was given.`);
  }
  const problem = problemOfPage(options.limit);
  return problem === null ? E.right(options) : invalid(problem);
};

/** Takes the options of a read of the global order, or faults `invalid-argument`. */
export const checkReadAll = (options: ReadAllOptions): E.Either<StoreFault, ReadAllOptions> => {
  if (options.after !== undefined && options.after < 0n) {
    return invalid('A position is one that the store gave: none is below 0.');
  }
  if (!TEXT.test(options.streamPrefix ?? ''))
    return invalid('The prefix of stream names is not well-formed text.');
  const problem = problemOfPage(options.limit);
  return problem === null ? E.right(options) : invalid(problem);
};

/** Takes a snapshot, or faults `invalid-argument`. */
export const checkSnapshot = (
  stream: string,
  snapshot: SnapshotToSave,
): E.Either<StoreFault, SnapshotToSave> => {
  const named = checkStream(stream);
  if (E.isLeft(named)) return named;
  if (!isRevision(snapshot.revision) || !isRevision(snapshot.schemaVersion)) {
    return invalid('Revision and schema version of a snapshot are whole numbers from 0.');
  }
  for (const name of snapshot.parts.keys()) {
    if (!PART.test(name)) return invalid("The name of a snapshot's part has 1 to 64 of A-Z a-z 0-9 _ -.");
  }
  return isJsonText(snapshot.data)
    ? E.right(snapshot)
    : invalid(`The snapshot of stream ${stream} is no JSON text.`);
};
