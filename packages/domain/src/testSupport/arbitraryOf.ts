import fc from 'fast-check';
import type * as t from 'io-ts';

import type { Actor } from '../actor';
import { structureOf } from '../codecs/structure';
import type { EnvelopedEvent } from '../envelope';
import { payloads, type KeyringEvent, type KeyringEventType } from '../events';
import { Instant } from '../instant';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Last4: fc.stringMatching(/^[\x21-\x7e]{4}$/),
  EventsDigest: fc.stringMatching(/^[\w-]{43}$/),
  Fingerprint: fc.stringMatching(/^[A-Za-z0-9_-]{16,128}$/),
  StoredLabel: fc.stringMatching(/^[A-Za-zäö·](?:[A-Za-zäö ·]{0,20}[A-Za-zäö])?$/),
  Endpoint: fc.stringMatching(/^https:\/\/[a-z.]{1,30}$/),
  Origin: fc.stringMatching(/^https?:\/\/[a-z.]{1,30}(?::[0-9]{1,4})?$/),
  Region: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  Vendor: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/),
  ActorId: fc.stringMatching(/^[\w.@+|:/\\'=#-]{1,256}$/),
  CausationId: fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/),
  Digest: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  Token: fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
  Remark: fc.stringMatching(/^[A-Za-zäö·](?:[A-Za-zäö ·]{0,40}[A-Za-zäö])?$/),
  FindingName: fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
  ShortText: fc.string({ maxLength: 200 }),
};

type Props = Readonly<Record<string, t.Mixed>>;

const members = (props: Props): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, arbitraryOf(codec)]));

/** Values of a codec's type, made from the codec itself, so that no member is forgotten. */
export const arbitraryOf = (codec: t.Mixed): fc.Arbitrary<unknown> => {
  if (codec === Instant) return fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
  const named = byName[codec.name];
  if (named !== undefined) return named;
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'object':
      return fc.record(
        { ...members(structure.required), ...members(structure.optional) },
        { requiredKeys: Object.keys(structure.required) },
      );
    case 'union':
      return fc.oneof(...structure.of.map(arbitraryOf));
    case 'array':
      return fc.array(arbitraryOf(structure.of), { maxLength: 4 });
    case 'constant':
      return fc.constantFrom(...structure.values);
    case 'refinement':
      if (structureOf(structure.of).kind === 'array') return arbitraryOf(structure.of);
      return structureOf(structure.of).kind === 'number'
        ? fc.nat().filter(structure.holds)
        : fc.stringMatching(ID).filter(structure.holds);
    case 'string':
    case 'number':
    case 'other':
      throw new Error(`no arbitrary for ${codec.name}`);
  }
};

const types = Object.keys(payloads) as ReadonlyArray<KeyringEventType>;

/** Any event of any type: what the codecs must carry, sensible or not. */
const anyEvent: fc.Arbitrary<KeyringEvent> = fc
  .constantFrom(...types)
  .chain((type) => arbitraryOf(payloads[type]).map((data) => ({ type, data }) as KeyringEvent));

const ids = fc.stringMatching(ID) as fc.Arbitrary<never>;
const instants = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

export const anyEnvelopedEvent: fc.Arbitrary<EnvelopedEvent> = fc.record({
  event: anyEvent,
  envelope: fc.record(
    {
      workspaceId: ids,
      time: instants,
      actor: fc.record<Actor>(
        {
          kind: fc.constantFrom('user', 'service', 'support', 'system'),
          id: byName['ActorId'] as fc.Arbitrary<never>,
          originRef: fc.stringMatching(ID),
        },
        { requiredKeys: ['kind', 'id'] },
      ),
      correlationId: ids,
      causationId: byName['CausationId'] as fc.Arbitrary<never>,
      commandId: ids,
      commandDigest: byName['Digest'] as fc.Arbitrary<never>,
      issuedAt: instants,
      index: fc.nat(5),
      count: fc.integer({ min: 1, max: 6 }),
      caseId: ids,
    },
    {
      requiredKeys: [
        'workspaceId',
        'time',
        'actor',
        'correlationId',
        'causationId',
        'commandId',
        'commandDigest',
        'issuedAt',
        'index',
        'count',
      ],
    },
  ),
});
