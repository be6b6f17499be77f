import { describe, expect, test } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import { StoreFault } from '@keyturn/event-store';
import { troubleOf } from './connection';
import { storeFaultOf } from './storeFaults';
import { isPassing } from './trouble';

const failure = (code: status, details: string, trailers: Record<string, string> = {}): Error =>
  Object.assign(new Error(`${code} ${status[code]}: ${details}`), {
    code,
    details,
    metadata: Metadata.fromHttp2Headers(trailers),
  });

const exception = (name: string, trailers: Record<string, string> = {}) => ({
  exception: name,
  ...trailers,
});

const LEADER = { 'leader-endpoint-host': 'db2', 'leader-endpoint-port': '2113' };

describe('an error of a call', () => {
  test.each([
    ['no connection', failure(status.UNAVAILABLE, 'No connection established'), 'unavailable', 'unavailable'],
    [
      'a channel that was closed',
      failure(status.UNAVAILABLE, 'Channel closed before call started'),
      'unavailable',
      'unavailable',
    ],
    ['a call without a channel', new Error('Channel has been shut down'), 'unavailable', 'unavailable'],
    ['a client that was closed', new Error('The channel has been closed.'), 'unavailable', 'unavailable'],
    [
      'no connection of any node',
      failure(status.UNAVAILABLE, 'round_robin: No connection established. Last error: Error: gone'),
      'unavailable',
      'unavailable',
    ],
    [
      "such words in a server's own",
      failure(status.UNKNOWN, 'Exception: No connection established'),
      'unavailable',
      'outcome-unknown',
    ],
    [
      "a server's own missing connection",
      failure(status.UNAVAILABLE, 'Failed to connect to the leader'),
      'unavailable',
      'outcome-unknown',
    ],
    [
      "a server's own closed channel",
      failure(status.INTERNAL, 'The channel has been closed.'),
      'unavailable',
      'outcome-unknown',
    ],
    ['a node that begins', failure(status.UNAVAILABLE, 'Server Is Not Ready'), 'unavailable', 'unavailable'],
    // ES-D3: a password that can't be looked up yet, by AuthenticationMiddleware.cs.
    [
      'a node that knows no user yet',
      failure(status.UNAVAILABLE, 'Server not ready'),
      'unavailable',
      'unavailable',
    ],
    ['a busy node', failure(status.UNAVAILABLE, 'Server Is Too Busy'), 'unavailable', 'unavailable'],
    ['no cluster', new Error('Failed to discover after 10 attempts.'), 'unavailable', 'unavailable'],
    [
      'another leader',
      failure(status.NOT_FOUND, 'Leader info available', exception('not-leader', LEADER)),
      'unavailable',
      'unavailable',
    ],
    ['a cut connection', failure(status.UNAVAILABLE, 'Connection dropped'), 'unavailable', 'outcome-unknown'],
    ['an ended call', failure(status.CANCELLED, 'Call cancelled'), 'unavailable', 'outcome-unknown'],
    ['a broken stream', failure(status.INTERNAL, 'Received RST_STREAM'), 'unavailable', 'outcome-unknown'],
    ['time that is up', failure(status.DEADLINE_EXCEEDED, 'Deadline'), 'unavailable', 'outcome-unknown'],
    ['a server time-out', failure(status.ABORTED, 'Operation timed out'), 'unavailable', 'outcome-unknown'],
    ['an exception', failure(status.UNKNOWN, 'Exception was thrown'), 'unavailable', 'outcome-unknown'],
    ['what nobody knows', new Error('odd'), 'unavailable', 'outcome-unknown'],
    ['no error', 'odd', 'unavailable', 'outcome-unknown'],
    ['an unknown user', failure(status.UNAUTHENTICATED, 'Unauthenticated'), 'access-denied', 'access-denied'],
    ['no permission', failure(status.PERMISSION_DENIED, 'Access Denied'), 'access-denied', 'access-denied'],
    [
      'a tombstone',
      failure(status.FAILED_PRECONDITION, 'deleted', exception('stream-deleted', { 'stream-name': 'a' })),
      'stream-tombstoned',
      'stream-tombstoned',
    ],
    [
      'too much',
      failure(
        status.INVALID_ARGUMENT,
        'Maximum Append Size of 1 Exceeded.',
        exception('maximum-append-size-exceeded', { 'maximum-append-size': '1' }),
      ),
      'too-large',
      'too-large',
    ],
    [
      'one event that is too much',
      failure(
        status.INVALID_ARGUMENT,
        'Maximum Append Event Size of 1 Exceeded.',
        exception('maximum-append-event-size-exceeded', { 'maximum-append-event-size': '1' }),
      ),
      'too-large',
      'too-large',
    ],
    [
      'a message that can not be put into bytes',
      failure(status.INTERNAL, 'Request message serialization failure: no writer'),
      'invalid-argument',
      'invalid-argument',
    ],
    ['a bad call', failure(status.INVALID_ARGUMENT, 'bad'), 'invalid-argument', 'invalid-argument'],
  ] as const)('by %s', (_, error, reading, writing) => {
    expect(storeFaultOf(error, 'It')).toMatchObject({ code: reading, cause: error });
    expect(storeFaultOf(error, 'It', true).code).toBe(writing);
    expect(storeFaultOf(error, 'The read of stream a').message).toMatch(/^The read of stream a: .*\.$/);
  });

  test('that is a fault already is that fault', () => {
    const fault = new StoreFault('corrupt', 'It is damaged.');
    expect(storeFaultOf(fault, 'It', true)).toBe(fault);
  });

  test.each([
    ['self-signed certificate in certificate chain', 'tlsCAFile'],
    ['SSL routines:ssl3_get_record:wrong version number', 'tls in'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'port'],
  ])('says what to do about "%s"', (details, hint) => {
    const error = failure(status.UNAVAILABLE, `No connection established. Last error: Error: ${details}`);
    expect(storeFaultOf(error, 'It').message).toContain(hint);
  });

  test('says what to do about a host that is not there', () => {
    const error = failure(status.UNAVAILABLE, 'Name resolution failed for target dns:db:2113');
    expect(storeFaultOf(error, 'It').message).toContain('no such host');
  });
});

test('what passes by itself is tried again, nothing else', () => {
  const passing = [
    failure(status.UNAVAILABLE, 'Connection dropped'),
    failure(status.NOT_FOUND, 'Leader info available', exception('not-leader', LEADER)),
    new Error('Failed to discover after 10 attempts.'),
  ];
  const lasting = [
    failure(status.UNAUTHENTICATED, 'Unauthenticated'),
    failure(status.INVALID_ARGUMENT, 'bad'),
    new Error('odd'),
  ];
  expect(passing.map((error) => isPassing(troubleOf(error)))).toEqual([true, true, true]);
  expect(lasting.map((error) => isPassing(troubleOf(error)))).toEqual([false, false, false]);
});
