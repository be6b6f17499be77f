import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import {
  defaultDecider,
  encodeSnapshot,
  type Command,
  type CommandBody,
  type Keyring,
} from '@keyturn/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { AbstractCommand, AbstractStep } from './abstractCommand';
import { playSteps } from './play';
import {
  commandIdOf,
  correlationIdOf,
  fingerprintOf,
  keyIdOf,
  last4Of,
  receipt,
  runIdOf,
  STORY_BEGINS,
  storyActor,
  storyCase,
  storyWorkspace,
  vendorOf,
} from './pool';
import { keyringSteps } from './steps';
import { throughSnapshot } from './throughSnapshot';

/** More than one part of a snapshot holds: the first 256 are packed, the rest is not. */
const GONE = 300;
/** Runs that still hold a long-gone key, by the key's number: in a packed part, and behind it. */
const HOLDERS: ReadonlyMap<number, number> = new Map([
  [0, 0],
  [GONE - 1, 1],
]);

const lifeOf = (n: number): ReadonlyArray<CommandBody> => {
  const keyId = keyIdOf(n);
  const run = HOLDERS.get(n);
  const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };
  return [
    {
      type: 'AddKey',
      keyId,
      vendor: vendorOf(n),
      endpoint: null,
      region: null,
      label: null,
      last4: last4Of(n % 100),
      fingerprint: fingerprintOf(n),
      expiresAt: null,
    },
    ...(run === undefined
      ? []
      : ([
          {
            type: 'RecordValidation',
            keyId,
            outcome: { kind: 'accepted', condition: 'completed', callStartedAt: STORY_BEGINS, evidence },
          },
          {
            type: 'StartRun',
            runId: runIdOf(run),
            projectId: null,
            choice: { kind: 'key', keyId },
            leaseSeconds: 604_800,
          },
        ] as const)),
    // One of the secrets that stories add again.
    {
      type: 'HardDeleteKey',
      keyId,
      successor: null,
      caseId: storyCase,
      reason: n === 1 ? 'leak' : 'other',
    },
    { type: 'ConfirmDestruction', keyId, receipt },
  ];
};

const commandOf = (body: CommandBody, place: number): Command => ({
  workspaceId: storyWorkspace,
  commandId: commandIdOf(100_000 + place),
  issuedAt: STORY_BEGINS,
  time: STORY_BEGINS,
  actor: storyActor,
  correlationId: correlationIdOf(100_000 + place),
  causationId: commandIdOf(100_000 + place),
  body,
});

const aged = () => {
  const bodies = Array.from({ length: GONE }, (_, n) => lifeOf(n)).flat();
  const { results, keyring } = defaultDecider.decideAll(defaultDecider.initialState, bodies.map(commandOf));
  const refused = results.find(E.isLeft);
  if (refused !== undefined) throw new Error(`No such past: ${refused.left.code}`);
  return keyring;
};
const folded = aged();

/** Jest would take minutes to compare so much so often. */
const isSame = (a: Keyring, b: Keyring): boolean => {
  const plain = (keyring: Keyring) => ({
    ...keyring,
    keys: [...keyring.keys],
    openPins: [...keyring.openPins],
    listedKeyIds: [...keyring.listedKeyIds],
  });
  return isDeepStrictEqual(plain(a), plain(b));
};

interface About {
  readonly key: boolean;
  readonly other: boolean;
}

/** Stories number the oldest keys: those are long gone. This makes it about those that the story itself adds. */
const aboutNewKeys = (command: AbstractCommand, { key, other }: About): AbstractCommand => {
  const moved = (n: number, isNew: boolean): number => (isNew ? n + GONE : n);
  return {
    ...command,
    ...('key' in command && command.key !== null ? { key: moved(command.key, key) } : {}),
    ...('successor' in command && command.successor !== null
      ? { successor: moved(command.successor, other) }
      : {}),
    ...('choice' in command && typeof command.choice === 'object' && 'key' in command.choice
      ? { choice: { key: moved(command.choice.key, key) } }
      : {}),
  };
};

const about = fc.record({ key: fc.boolean(), other: fc.boolean() });
const story: fc.Arbitrary<ReadonlyArray<AbstractStep>> = fc
  .tuple(keyringSteps(20), fc.array(about, { minLength: 40, maxLength: 40 }))
  .map(([steps, abouts]) =>
    steps.map((step, i) => ({
      ...step,
      command: aboutNewKeys(step.command, abouts[i] ?? { key: true, other: true }),
    })),
  );

test('SC-3: a command on ids that are long gone ends as it would without a snapshot between', () => {
  const kinds = encodeSnapshot(folded).parts.map((part) => part.encode());
  expect(kinds[0]).toMatchObject({ kind: 'gone-keys' });
  const seen = new Set<string>();
  fc.assert(
    fc.property(story, (steps) => {
      const restored = throughSnapshot(folded);
      if (E.isLeft(restored)) throw restored.left;
      const before = playSteps({ ...defaultDecider, initialState: folded }, steps);
      const after = playSteps({ ...defaultDecider, initialState: restored.right }, steps);
      expect(after.map(({ command, result }) => ({ command, result }))).toEqual(
        before.map(({ command, result }) => ({ command, result })),
      );
      expect(isSame(after.at(-1)?.after ?? restored.right, before.at(-1)?.after ?? folded)).toBe(true);
      for (const { result } of before) seen.add(E.isLeft(result) ? result.left.code : 'taken');
    }),
    { numRuns: 100 },
  );
  for (const code of ['taken', 'key-id-used', 'key-not-on-file', 'fingerprint-leaked', 'run-interrupted']) {
    expect(seen).toContain(code);
  }
});
