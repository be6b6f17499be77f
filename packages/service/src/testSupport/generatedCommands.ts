import { CaseId, KeyId, ProjectId, RunId, Vendor, type CommandBody } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import type * as t from 'io-ts';

/** An id from its text, which has to be one. */
export const as = <A>(codec: t.Type<A, unknown>, text: string): A => {
  const id = codec.decode(text);
  if (E.isLeft(id)) throw new Error(`${text} is no ${codec.name}`);
  return id.right;
};

const someOf = <A>(codec: t.Type<A, unknown>, ...texts: ReadonlyArray<string>): fc.Arbitrary<A> =>
  fc.constantFrom(...texts.map((text) => as(codec, text)));

const keyIds = someOf(KeyId, 'k1', 'k2', 'k3');
const runIds = someOf(RunId, 'r1', 'r2');
const maybe = <A>(some: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(some, { nil: null });
export const T0 = Date.UTC(2026, 10, 23);

const bodies: fc.Arbitrary<CommandBody> = fc.oneof(
  {
    weight: 3,
    arbitrary: keyIds.map((keyId): CommandBody => ({
      type: 'AddKey',
      keyId,
      vendor: as(Vendor, keyId === 'k3' ? 'openai' : 'anthropic'),
      endpoint: null,
      region: null,
      label: null,
      last4: 'AbCd',
      fingerprint: `fingerprint-of-${keyId}`,
      expiresAt: null,
    })),
  },
  {
    weight: 3,
    arbitrary: keyIds.map((keyId): CommandBody => ({
      type: 'RecordValidation',
      keyId,
      outcome: {
        kind: 'accepted',
        condition: 'completed',
        callStartedAt: T0,
        evidence: { status: 200, code: null, requestId: null, latencyMs: 1 },
      },
    })),
  },
  fc.record({
    type: fc.constant('SetDefault' as const),
    keyId: keyIds,
    scope: fc.constantFrom<Extract<CommandBody, { type: 'SetDefault' }>['scope']>(
      { kind: 'workspace' },
      { kind: 'project', projectId: as(ProjectId, 'p1') },
    ),
  }),
  fc.record({
    type: fc.constant('DeleteKey' as const),
    keyId: keyIds,
    successor: maybe(keyIds),
    leaveEmpty: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('HardDeleteKey' as const),
    keyId: keyIds,
    successor: maybe(keyIds),
    caseId: fc.constant(as(CaseId, 'C-1')),
    reason: fc.constantFrom('leak' as const, 'other' as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('StartRun' as const),
      runId: runIds,
      projectId: maybe(fc.constant(as(ProjectId, 'p1'))),
      choice: fc.constant({ kind: 'default' as const }),
      leaseSeconds: fc.constant(null),
    }),
  },
  fc.record({ type: fc.constant('ResumeRun' as const), runId: runIds, leaseSeconds: fc.constant(null) }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('FinishRun' as const),
      runId: runIds,
      outcome: fc.constant('succeeded' as const),
    }),
  },
);

/** A body with the id of its command. */
export type Asked = CommandBody & { readonly id: string };

/** Command ids come again now and then, with the same body or another, in the same service or another. */
export const commandLists: fc.Arbitrary<ReadonlyArray<Asked>> = fc.array(
  fc.tuple(bodies, fc.integer({ min: 1, max: 30 })).map(([body, id]) => ({ ...body, id: `c${id}` })),
  { minLength: 1, maxLength: 10 },
);
