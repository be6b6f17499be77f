import { createHash } from 'node:crypto';
import type { CallContext, Failure } from '@keyturn/service';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { expectRight } from '@keyturn/testbed';
import type { Budget, Findings, TrustCheck } from '../check';
import { needingPostgres } from '../needingPostgres';
import { Traces } from '../traces';
import { wrongInLog } from './logged';
import type { Opener } from './openers';
import { POSTGRES } from './postgresVault';
import { SQLITE } from './sqliteVault';
import type { ShreddedVaultKind } from './shreddedVault';
import { FAULTY_PARTS } from './faultyParts';
import { openStand, type Stand, type StandParts } from './stand';

const KEYS_PER_SITE = 8;

/** How one key goes. */
interface Departure {
  /** At once, or after the last run that holds it, or when it was frozen and let go before. */
  readonly way: 'hard-delete' | 'drain';
  /** Another process reads an older state of the vault's files: the shred can't be finished before it goes. */
  readonly reader: boolean;
  readonly frozenBefore: boolean;
}

const departure: fc.Arbitrary<Departure> = fc.record({
  way: fc.constantFrom('hard-delete', 'drain'),
  // Seldom: the shred waits for it as long as it may.
  reader: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
  frozenBefore: fc.boolean(),
});

const WORKSPACE = 'acme';
const SWEEPER = { kind: 'service', id: 'sweeper' } as const;

interface Count {
  rounds: number;
  keys: number;
  releases: number;
  'refused afterwards': number;
  'bytes searched': number;
}

/**
 * Nothing was done, since other processes got in first: so often that it was given up, or that it was forgotten when it
 * began.
 */
const GOT_IN_FIRST: ReadonlyArray<string> = ['contention', 'command-too-old'];

/** As a caller does it: issued anew while other processes keep getting in first. */
const done = async <A>(issue: () => TE.TaskEither<Failure, A>): Promise<A> => {
  for (;;) {
    const result = await issue()();
    if (E.isRight(result)) return result.right;
    if (!GOT_IN_FIRST.includes(result.left.code)) return expectRight(() => Promise.resolve(result));
  }
};

/** What sealed values under one key have in common at their beginning: the name of that key. */
const SHARED_HEADER = 10;
/** The same of a vendor's keys. */
const SHARED_PREFIX = 16;

/** Searches everything that lies there, from outside. */
const search = (traces: Traces, { directories }: Stand, count: Count): ReadonlyArray<string> =>
  directories.flatMap((directory) => {
    const { bytes, traces: found } = traces.search(directory);
    count['bytes searched'] += bytes;
    return found.map((trace) => `after KeySecretDestroyed there are still ${trace}`);
  });

/** Takes one key from its paste to its destruction, while other processes open it as fast as they can. */
const runOne = async (
  stand: Stand,
  number: number,
  how: Departure,
  count: Count,
  destroyed: Traces,
): Promise<ReadonlyArray<string>> => {
  const { sandbox, keyturn, opened: serving, openers, vault } = stand;
  const context: CallContext = { workspaceId: WORKSPACE, actor: { kind: 'user', id: 'ada' } };
  const violations: string[] = [];
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await expectRight(keyturn.addKey(context, { vendor: 'anthropic', pasted }));
  const ref = { workspaceId: WORKSPACE, keyId: key.keyId };
  const runIds = openers.map((_, index) => `run-${number}-${index}`);
  for (const runId of runIds) {
    await expectRight(keyturn.startRun(context, { runId, choice: { kind: 'key', keyId: key.keyId } }));
  }
  if (how.frozenBefore) {
    await expectRight(serving.freeze(ref));
    await expectRight(serving.unfreeze(ref));
  }
  const sealed = await vault.sealedBytesOf(WORKSPACE, key.keyId);
  if (sealed.length !== 2) throw new Error('the sealed bytes of a key on file were not found');
  for (const value of sealed) destroyed.add(value.subarray(SHARED_HEADER), `sealed bytes of key ${number}`);
  destroyed.add(
    Buffer.from(pasted).subarray(SHARED_PREFIX),
    `bytes of the secret of key ${number}, in clear,`,
  );

  const releasesOf = (opener: Opener, runId: string) =>
    opener.messages.filter((one) => one.kind === 'released' && one.runId === runId);
  openers.forEach((opener, index) =>
    opener.order({ kind: 'open', workspaceId: WORKSPACE, runId: runIds[index] ?? '' }),
  );
  for (const [index, opener] of openers.entries()) {
    await opener.until(() => releasesOf(opener, runIds[index] ?? '').length > 0);
  }

  const letGo = how.reader ? await vault.openReader() : () => Promise.resolve();
  stand.deletedAt();
  if (how.way === 'hard-delete') {
    await done(() => keyturn.hardDeleteKey(context, { keyId: key.keyId, caseId: `CASE-${number}` }));
  } else {
    await done(() => keyturn.deleteKey(context, { keyId: key.keyId, leaveEmpty: true }));
    for (const [index, opener] of openers.entries()) {
      opener.order({ kind: 'finish', workspaceId: WORKSPACE, runId: runIds[index] ?? '' });
      await opener.until((messages) =>
        messages.some((one) => one.kind === 'finished' && one.runId === runIds[index]),
      );
    }
  }
  const deletedAt = stand.deletedAt();
  for (const [index, opener] of openers.entries()) {
    await opener.until((messages) =>
      messages.some((one) => one.kind === 'ended' && one.runId === runIds[index]),
    );
    count['refused afterwards'] += 1;
    for (const release of releasesOf(opener, runIds[index] ?? '')) {
      if (release.kind !== 'released') continue;
      count.releases += 1;
      if (release.digest !== createHash('sha256').update(pasted).digest('hex')) {
        violations.push(`run ${release.runId} was given another secret than its key's`);
      }
      if (deletedAt !== null && BigInt(release.began) > deletedAt) {
        violations.push(
          `a process gave out the secret of a key whose hard delete was in the log before it asked`,
        );
      }
    }
  }
  await letGo();
  await expectRight(keyturn.sweep({ actor: SWEEPER, graceMs: 0 }));

  violations.push(...(await wrongInLog(stand.eventStore, WORKSPACE, key.keyId)));
  violations.push(...search(destroyed, stand, count));
  const opened = await keyturn.resumeRunWithSecret(context, { runId: runIds[0] ?? '' }, () =>
    TE.right(null),
  )();
  if (E.isRight(opened)) violations.push('a run opened a key that was destroyed');
  count.keys += 1;
  return violations;
};

/** Destroys some keys on a new stand. */
const playRound = async (
  kind: ShreddedVaultKind,
  parts: StandParts,
  count: Count,
  { until, seed, progress }: Budget,
): Promise<ReadonlyArray<string>> => {
  const departures = fc.sample(departure, { seed: seed + count.rounds, numRuns: KEYS_PER_SITE });
  const violations: string[] = [];
  const destroyed = new Traces();
  const stand = await openStand(kind, parts);
  try {
    for (const [number, how] of departures.entries()) {
      const reader = how.reader || (kind.beginsWithReader && count.keys === 0);
      violations.push(...(await runOne(stand, number, { ...how, reader }, count, destroyed)));
      progress({ ...count });
      if (violations.length > 0 || (Date.now() >= until && number > 0)) break;
    }
    await stand.closeOpeners();
    await stand.vault.settle();
    violations.push(...search(destroyed, stand, count));
  } finally {
    await stand.close();
  }
  count.rounds += 1;
  return [...new Set(violations)];
};

const runOn =
  (kind: ShreddedVaultKind, parts: StandParts = {}): TrustCheck['run'] =>
  async (budget): Promise<Findings> => {
    const count: Count = { rounds: 0, keys: 0, releases: 0, 'refused afterwards': 0, 'bytes searched': 0 };
    const violations: string[] = [];
    do violations.push(...(await playRound(kind, parts, count, budget)));
    while (Date.now() < budget.until && violations.length === 0);
    return { figures: { ...count }, violations };
  };

const shreddingOn = (
  kind: ShreddedVaultKind,
  { name, promise }: Pick<TrustCheck, 'name' | 'promise'>,
): TrustCheck => ({
  name,
  promise,
  run: runOn(kind),
  faulty: FAULTY_PARTS.map((part) => ({ name: part.name, seen: part.seen, run: runOn(kind, part.parts) })),
});

/** Keys are deleted while processes that have been running for long open them as fast as they can. */
export const shredding: TrustCheck = shreddingOn(SQLITE, {
  name: 'shredding',
  promise:
    'Hard-delete the old key from our vault: no process gives it out any more, and its bytes are in no file ' +
    'once that is confirmed.',
});

/** The same with the vault on a server, all of whose files are searched: those of other databases, too, and its log. */
export const shreddingOnPostgres: TrustCheck = needingPostgres(
  shreddingOn(POSTGRES, {
    name: 'shredding-on-postgres',
    promise: 'The same with the vault in PostgreSQL: in no file of the server, its write-ahead log included.',
  }),
);
