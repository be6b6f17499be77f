import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import {
  Actor,
  CommandId,
  CorrelationId,
  KeyId,
  Vendor,
  WorkspaceId,
  type EnvelopedEvent,
  type InconclusiveReason,
  type KeyringEvent,
} from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import type { Type } from 'io-ts';
import { eventData, right, withOnDisk } from '../testSupport/onDisk';

const MINUTE = 60_000;

const read = <A>(codec: Type<A, unknown>, value: unknown): A => {
  const decoded = codec.decode(value);
  if (isRight(decoded)) return decoded.right;
  throw new Error(`not a ${codec.name}`);
};

let now: number;
beforeEach(() => {
  now = Date.UTC(2026, 10, 23, 8);
  // The event store's clock: test calls lie minutes apart.
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const keyId = read(KeyId, 'key-1');
const evidence = { status: null, code: null, requestId: null, latencyMs: 1 };

const enveloped = (event: KeyringEvent): EnvelopedEvent => ({
  event,
  envelope: {
    workspaceId: read(WorkspaceId, 'acme'),
    time: now,
    actor: read(Actor, { kind: 'user', id: 'ada' }),
    correlationId: read(CorrelationId, 'asked'),
    causationId: read(CommandId, 'asked'),
    commandId: read(CommandId, 'asked'),
    commandDigest: 'd',
    issuedAt: now,
    index: 0,
    count: 1,
  },
});

const added = (model?: string): KeyringEvent => ({
  type: 'KeyAdded',
  data: {
    keyId,
    vendor: read(Vendor, 'azure-openai'),
    endpoint: 'https://contoso.openai.azure.com',
    region: null,
    ...(model === undefined ? {} : { model }),
    label: null,
    last4: '1234',
    fingerprint: 'fingerprint-of-secret-1',
    expiresAt: null,
  },
});

const undecided = (reason: InconclusiveReason): KeyringEvent => ({
  type: 'KeyValidationInconclusive',
  data: { keyId, reason, callStartedAt: now, evidence },
});

const accepted = (): KeyringEvent => ({
  type: 'KeyValidated',
  data: { keyId, condition: 'completed', callStartedAt: now, evidence: { ...evidence, status: 200 } },
});

/** What is counted of events that come some minutes apart, as many minutes after the last. */
const countedOf = (after: number, ...events: ReadonlyArray<() => KeyringEvent>) =>
  withOnDisk(async ({ appendTo, open }) => {
    const models = await open({ clock: () => now });
    for (const event of events) {
      now += 10 * MINUTE;
      await appendTo('keyring-acme', [eventData(enveloped(event()))]);
    }
    await right(models.catchUp);
    now += after * MINUTE;
    return right(models.vendorTroubles);
  });

const counts = (troubled: number, ours: number) => [{ vendor: 'azure-openai', called: 1, troubled, ours }];

test('a model that came with the key and is not there speaks against its customer alone', async () => {
  const gone = () => undecided('model-unavailable');
  expect(await countedOf(0, () => added('made-up'), gone)).toEqual(counts(0, 0));
  expect(await countedOf(0, () => added(), gone)).toEqual(counts(1, 1));
});

test('the newest test call counts, and the newest trouble, each for a quarter of an hour', async () => {
  const story = [() => added(), () => undecided('timeout'), accepted] as const;
  expect(await countedOf(0, ...story)).toEqual(counts(1, 0));
  expect(await countedOf(10, ...story)).toEqual(counts(0, 0));
  expect(await countedOf(16, ...story)).toEqual([]);
});
