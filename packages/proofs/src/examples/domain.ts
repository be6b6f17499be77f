import {
  actor,
  type Command,
  commandId,
  correlationId,
  defaultDecider,
  encodeEvent,
  type EncodedEvent,
  keyId,
  vendor,
  workspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';

const addKey = (now: number): Command => ({
  workspaceId: workspaceId('acme'),
  commandId: commandId('add-key-1'), // the same id again is the same command again
  correlationId: correlationId('request-1'),
  causationId: 'request-1',
  issuedAt: now,
  time: now,
  actor: actor({ kind: 'user', id: 'ada' }),
  body: {
    type: 'AddKey',
    keyId: keyId('key-1'),
    vendor: vendor('anthropic'),
    endpoint: null,
    region: null,
    label: 'production',
    last4: 'AbCd',
    fingerprint: 'a-keyed-digest-of-the-secret',
  },
});

/** Decides a command, and gives its events as JSON for an event store. Throws what a refusal says. */
export const decideAndEncode = (now: number): ReadonlyArray<EncodedEvent> => {
  const { initialState, decide } = defaultDecider;
  const keyring = initialState; // or `replay(initialState, history)`
  const decision = decide(keyring, addKey(now));
  if (E.isLeft(decision)) throw new Error(decision.left.message); // a sentence with what to do next
  return decision.right.events.map((event) => {
    const encoded = encodeEvent(event);
    if (E.isLeft(encoded)) throw encoded.left;
    return encoded.right;
  });
};
