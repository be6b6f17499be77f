import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { describe, expect, test } from '@jest/globals';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { answerOfBatch, batchMessage } from './wire';

const refusal = (message: string, type: string): BatchAppendResp => {
  const details = new Any();
  details.pack(new Uint8Array(), type);
  return new BatchAppendResp().setError(new Status().setMessage(message).setDetails(details));
};

test('an append has no deadline: a server with another time of day would take it for past', () => {
  const message = batchMessage({ stream: 'a', expected: 'any', events: [] }, 'correlation');
  expect(message.getOptions()?.hasDeadline()).toBe(false);
});

// The words are those of `Streams.BatchAppend.cs` and `Status.cs` of EventStoreDB 24.10.
describe('what a server answers to an append of many', () => {
  test.each(['Server Is Not Ready', 'Server Is Busy', 'No leader info available in response'])(
    '%p: nothing was done',
    (words) => {
      expect(answerOfBatch(refusal(words, 'google.protobuf.Empty'))).toMatchObject({
        kind: 'turned-away',
        error: { message: words },
      });
    },
  );

  test.each([
    ['MaximumAppendSizeExceeded', 'too-large'],
    ['MaximumAppendEventSizeExceeded', 'too-large'],
    ['AccessDenied', 'access-denied'],
    ['StreamDeleted', 'stream-deleted'],
    ['BadRequest', 'invalid'],
    ['Timeout', 'timed-out'],
    ['Unknown', 'unknown'],
  ])('%s', (name, kind) => {
    expect(answerOfBatch(refusal(name, `event_store.client.${name}`)).kind).toBe(kind);
  });

  test('nothing that is known: it may have been done', () => {
    expect(answerOfBatch(new BatchAppendResp()).kind).toBe('unknown');
  });
});
