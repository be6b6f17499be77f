import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Failure } from '@keyturn/service';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { expectRight } from '../../keyturnOnDisk';
import type { TrustCheck } from '../check';
import { wrongInLog } from './logged';
import type { Opener } from './openers';
import { sealedBytesOf, searchBelow } from './sealedBytes';
import { openReader, openStand, type Stand } from './stand';

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

/** As a caller does it: sent again while other processes keep getting in first. */
const done = async <A>(task: TE.TaskEither<Failure, A>): Promise<A> => {
  for (;;) {
    const result = await task();
    if (E.isRight(result)) return result.right;
    if (result.left.code !== 'contention') return expectRight(() => Promise.resolve(result));
  }
};

/** Takes one key from its paste to its destruction, while other processes open it as fast as they can. */
const runOne = async (
  stand: Stand,
  number: number,
  how: Departure,
  count: Count,
): Promise<ReadonlyArray<string>> => {
  const { site, keyturn, openers, data } = stand;
  const vault = join(data, 'vault');
  const context = site.as({ workspaceId: WORKSPACE });
  const violations: string[] = [];
  const pasted = site.sandbox.issueKey('anthropic');
  const { key } = await expectRight(keyturn.addKey(context, { vendor: 'anthropic', pasted }));
  const ref = { workspaceId: WORKSPACE, keyId: key.keyId };
  const runIds = openers.map((_, index) => `run-${number}-${index}`);
  for (const runId of runIds) {
    await expectRight(keyturn.startRun(context, { runId, choice: { kind: 'key', keyId: key.keyId } }));
  }
  if (how.frozenBefore) {
    await expectRight(site.vault.freeze(ref));
    await expectRight(site.vault.unfreeze(ref));
  }
  const sealed = sealedBytesOf(vault, WORKSPACE, key.keyId);
  if (sealed.length !== 2) throw new Error('the sealed bytes of a key on file were not found');

  const releasesOf = (opener: Opener, runId: string) =>
    opener.told.filter((one) => one.kind === 'released' && one.runId === runId);
  openers.forEach((opener, index) =>
    opener.order({ kind: 'open', workspaceId: WORKSPACE, runId: runIds[index] ?? '' }),
  );
  for (const [index, opener] of openers.entries()) {
    await opener.until(() => releasesOf(opener, runIds[index] ?? '').length > 0);
  }

  const letGo = how.reader ? openReader(vault) : () => undefined;
  stand.deletedAt();
  if (how.way === 'hard-delete') {
    await done(keyturn.hardDeleteKey(context, { keyId: key.keyId, caseId: `CASE-${number}` }));
  } else {
    await done(keyturn.deleteKey(context, { keyId: key.keyId, leaveEmpty: true }));
    for (const [index, opener] of openers.entries()) {
      opener.order({ kind: 'finish', workspaceId: WORKSPACE, runId: runIds[index] ?? '' });
      await opener.until((told) =>
        told.some((one) => one.kind === 'finished' && one.runId === runIds[index]),
      );
    }
  }
  const deletedAt = stand.deletedAt();
  for (const [index, opener] of openers.entries()) {
    await opener.until((told) => told.some((one) => one.kind === 'ended' && one.runId === runIds[index]));
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
  letGo();
  await expectRight(keyturn.sweep({ actor: SWEEPER, graceMs: 0 }));

  violations.push(...(await wrongInLog(site.eventStore, WORKSPACE, key.keyId)));
  const { bytes, found } = searchBelow(data, [
    ...sealed,
    Buffer.alloc(10),
    Buffer.from(`${' '.repeat(10)}${pasted}`),
  ]);
  count['bytes searched'] += bytes;
  for (const file of found)
    violations.push(`after KeySecretDestroyed, bytes of the key are still in ${file}`);
  const opened = await keyturn.resumeRunWithSecret(context, { runId: runIds[0] ?? '' }, () =>
    TE.right(null),
  )();
  if (E.isRight(opened)) violations.push('a run opened a key that was destroyed');
  count.keys += 1;
  return violations;
};

/** Keys are deleted while processes that have been running for long open them as fast as they can. */
export const shredding: TrustCheck = {
  name: 'shredding',
  promise:
    'Hard-delete the old key from our vault: no process gives it out any more, and its bytes are in no file once that is confirmed.',
  run: async ({ until, seed, progress }) => {
    const count: Count = { rounds: 0, keys: 0, releases: 0, 'refused afterwards': 0, 'bytes searched': 0 };
    const violations: string[] = [];
    do {
      const departures = fc.sample(departure, { seed: seed + count.rounds, numRuns: KEYS_PER_SITE });
      const stand = await openStand();
      try {
        for (const [number, how] of departures.entries()) {
          violations.push(...(await runOne(stand, number, how, count)));
          progress({ ...count });
          if (Date.now() >= until && number > 0) break;
        }
      } finally {
        await stand.close();
      }
      count.rounds += 1;
    } while (Date.now() < until);
    return { figures: { ...count }, violations };
  },
};
