import fc from 'fast-check';
import * as t from 'io-ts';
import type { Actor } from '../actor';
import type { EnvelopedEvent } from '../envelope';
import { payloads, type KeyringEvent, type KeyringEventType } from '../events';
import { Instant } from '../instant';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Last4: fc.stringMatching(/^[\x21-\x7e]{4}$/),
  Fingerprint: fc.stringMatching(/^[A-Za-z0-9_-]{16,128}$/),
  Label: fc.stringMatching(/^[A-Za-zäö·](?:[A-Za-zäö ·]{0,20}[A-Za-zäö])?$/),
  Endpoint: fc.stringMatching(/^https:\/\/[a-z.]{1,30}$/),
  Region: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  Vendor: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/),
  ActorId: fc.stringMatching(/^[A-Za-z0-9_.@+-]{1,64}$/),
  CausationId: fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/),
  Digest: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  Token: fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
  ShortText: fc.string({ maxLength: 200 }),
};

/** Values of a codec's type, made from the codec itself, so that no member is forgotten. */
export const arbitraryOf = (codec: t.Mixed): fc.Arbitrary<unknown> => {
  if (codec === Instant) return fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
  if (codec instanceof t.InterfaceType) return fc.record(members(codec.props));
  if (codec instanceof t.PartialType) return fc.record(members(codec.props), { requiredKeys: [] });
  if (codec instanceof t.IntersectionType) {
    return fc.tuple(...codec.types.map(arbitraryOf)).map((parts) => Object.assign({}, ...parts));
  }
  if (codec instanceof t.UnionType) return fc.oneof(...codec.types.map(arbitraryOf));
  if (codec instanceof t.ReadonlyArrayType) return fc.array(arbitraryOf(codec.type), { maxLength: 4 });
  if (codec instanceof t.KeyofType) return fc.constantFrom(...Object.keys(codec.keys));
  if (codec instanceof t.LiteralType) return fc.constant(codec.value);
  if (codec instanceof t.NullType) return fc.constant(null);
  if (codec instanceof t.BooleanType) return fc.boolean();
  if (codec instanceof t.RefinementType) {
    const named = byName[codec.name];
    if (named !== undefined) return named;
    return codec.type instanceof t.NumberType ? fc.nat().filter((n) => codec.is(n)) : fc.stringMatching(ID);
  }
  throw new Error(`no arbitrary for ${codec.name}`);
};

const members = (props: t.Props): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, arbitraryOf(codec)]));

const types = Object.keys(payloads) as ReadonlyArray<KeyringEventType>;

/** Any event of any type: what the codecs must carry, sensible or not. */
export const anyEvent: fc.Arbitrary<KeyringEvent> = fc
  .constantFrom(...types)
  .chain((type) => arbitraryOf(payloads[type]).map((data) => ({ type, data }) as KeyringEvent));

const ids = fc.stringMatching(ID) as fc.Arbitrary<never>;
const instants = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

export const anyEnvelopedEvent: fc.Arbitrary<EnvelopedEvent> = fc.record({
  event: anyEvent,
  envelope: fc.record({
    workspaceId: ids,
    time: instants,
    actor: fc.record<Actor>(
      {
        kind: fc.constantFrom('user', 'service', 'support', 'system'),
        id: byName['ActorId'] as fc.Arbitrary<never>,
        originRef: fc.stringMatching(ID),
      },
      { requiredKeys: ['kind', 'id'] },
    ) as fc.Arbitrary<Actor>,
    correlationId: ids,
    causationId: byName['CausationId'] as fc.Arbitrary<never>,
    commandId: ids,
    commandDigest: byName['Digest'] as fc.Arbitrary<never>,
    issuedAt: instants,
    index: fc.nat(5),
    count: fc.integer({ min: 1, max: 6 }),
  }),
});
