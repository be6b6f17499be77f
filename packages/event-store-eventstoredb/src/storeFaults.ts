import { StoreFault, type StoreFaultCode } from '@keyturn/event-store';
import { troubleOf } from './connection';
import type { Trouble } from './trouble';

const HINTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/certificate/i, 'Its certificate is not trusted: name the file of its authority as tlsCAFile.'],
  [/wrong version number/i, 'It does not speak TLS: see to tls in the connection string.'],
  [/Name resolution failed|ENOTFOUND/i, 'There is no such host: see to the connection string.'],
  [
    /ECONNREFUSED/,
    'Nothing listens there: see that the server runs, and to the port of the connection string.',
  ],
];

const nextOf = (error: unknown): string => {
  const said = error instanceof Error ? error.message : '';
  const hint = HINTS.find(([pattern]) => pattern.test(said))?.[1];
  return hint ?? 'See that the server runs and can be reached, then try again.';
};

const codeOf = ({ kind }: Trouble, writing: boolean): StoreFaultCode => {
  switch (kind) {
    case 'not-leader':
    case 'turned-away':
      return 'unavailable';
    case 'broken-off':
    case 'timed-out':
    case 'unforeseen':
      return writing ? 'outcome-unknown' : 'unavailable';
    case 'invalid':
    case 'unsendable':
      return 'invalid-argument';
    case 'stream-deleted':
      // So reads end for a stream with a tombstone alone. What else was deleted reads as not there.
      return 'stream-tombstoned';
    case 'access-denied':
    case 'too-large':
      return kind;
  }
};

/** Another client of the store, loaded later, takes the messages of this one over: both write into one global. */
export const UNSENDABLE_WORDS =
  'its message could not be put into bytes, and nothing was sent. ' +
  'Load no other client of EventStoreDB or KurrentDB in this process.';

const sentenceOf = (code: StoreFaultCode, what: string, error: unknown): string => {
  switch (code) {
    case 'outcome-unknown':
      return `${what}: the event store gave no answer. It may have been done; send the same again.`;
    case 'access-denied':
      return `${what}: the event store does not permit it. See to the user's name, password and permissions.`;
    case 'stream-tombstoned':
      return `${what}: the stream has a tombstone in the event store, which can't be taken back. Restore a backup.`;
    case 'too-large':
      return `${what}: more than the event store takes at once. Nothing was written; append less at once.`;
    case 'invalid-argument':
      if (troubleOf(error).kind === 'unsendable') return `${what}: ${UNSENDABLE_WORDS}`;
      return `${what}: the event store does not take this call. What it said is the cause of this fault.`;
    default:
      return `${what}: the event store is not available. ${nextOf(error)}`;
  }
};

/**
 * The fault of a call. Its cause is the error of the client, which has what the server answered, and nothing of what
 * was sent to it: no credentials.
 *
 * @param what - what was tried, as the beginning of a sentence
 */
export const storeFaultOf = (error: unknown, what: string, writing = false): StoreFault => {
  if (error instanceof StoreFault) return error;
  const code = codeOf(troubleOf(error), writing);
  return new StoreFault(code, sentenceOf(code, what, error), { cause: error });
};
