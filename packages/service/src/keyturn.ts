import { defaultDecider, english, makeDecider } from '@keyturn/domain';
import { makeAddKey } from './addKey';
import { makeCloseWorkspace } from './closeWorkspace';
import { makeCommandHandler } from './commandHandler';
import { makeDefaultUseCases } from './defaults';
import { makeDeleteUseCases } from './deleteKey';
import { makeDeletionHandler } from './deletionHandler';
import { makeDestroy, makeDestructionOf } from './destroy';
import { makeEmptyWorkspace } from './emptyWorkspace';
import { makeForesee } from './foresee';
import { makeForesight } from './foresight';
import { makeFrozenRows } from './frozenRows';
import { makeHistory } from './history';
import { makeKeyDetailUseCases } from './keyDetails';
import { makeCheckBeforeDelete } from './leak/checkBeforeDelete';
import { makeCheckLeak } from './leak/checkLeak';
import { makeFindAtVendor } from './leak/findAtVendor';
import { makeRevokeAtVendor } from './leak/revokeAtVendor';
import { makeUsageAtVendor } from './leak/usageAtVendor';
import { makeCheckLeakUntilDead, waitFor } from './leak/checkLeakUntilDead';
import { makeKillCheck } from './leak/killCheck';
import { makeCheckInPassing } from './leak/checkInPassing';
import { makeLeakUseCases } from './leak/leakUseCases';
import { makeReadLeakCase } from './leak/readLeakCase';
import { makeKeyringRepository } from './keyringRepository';
import { silent, type KeyturnOptions } from './options';
import { makeAcceptLog } from './log/acceptLog';
import { makeDisownEvents } from './log/disownEvents';
import { makeWitnesses } from './log/witnesses';
import { makeWitness } from './pairing';
import { makeRateLimit } from './rateLimit';
import { makeRelease } from './release';
import { makeRunUseCases } from './runs';
import { makeShredTogether } from './shredTogether';
import { makeTestKey } from './testKey';
import { makeRevalidate } from './revalidation/revalidate';
import { makeRevalidateUntil } from './revalidation/revalidateUntil';
import { makeSweep } from './sweep/sweep';
import { makeSweepUntil } from './sweep/sweepUntil';
import { makeValidateKey } from './validateKey';
import { makeVerify } from './verify/verify';

const wholeNumber = (option: string, value: number): number => {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`${option} has to be a whole number, 1 or more; ${value} was given`);
};

/**
 * The use cases that an embedding service calls, over one event store, one vault and one prober. A task stands for
 * one command, whose ids and time of issue are fixed when the task is made: running it a second time sends the same
 * command again, which changes nothing and gives the first outcome.
 *
 * @throws RangeError for `keyringBytesInMemory`, `testCallsPerMinute` or `killCheckWaitMs` below 1
 *
 * @example
 * const keyturn = makeKeyturn({ eventStore, vault, prober, authorize });
 * const added = await keyturn.addKey(
 *   { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } },
 *   { vendor: 'anthropic', pasted },
 * )();
 */
export const makeKeyturn = (options: KeyturnOptions) => {
  const { eventStore, vault, prober, authorize } = options;
  const clock = options.clock ?? Date.now;
  const monotonicClock = options.monotonicClock ?? (() => performance.now());
  const log = options.log ?? silent;
  const decider = options.policy === undefined ? defaultDecider : makeDecider(options.policy);
  const witnesses = makeWitnesses(vault, log);
  const repository = makeKeyringRepository({
    store: eventStore,
    decider,
    guard: { seals: vault, witnesses },
    log,
  });
  const rows = makeFrozenRows(vault, witnesses, log);
  const handler = makeCommandHandler({
    repository,
    decider,
    witnesses,
    memory: vault,
    rows,
    log,
    keyringBytesInMemory: wholeNumber(
      'keyringBytesInMemory',
      options.keyringBytesInMemory ?? 256 * 1_048_576,
    ),
  });
  const shredTogether = makeShredTogether(vault, witnesses);
  const destructionOf = makeDestructionOf({ handler, vault, clock });
  const destroy = makeDestroy(destructionOf, shredTogether, vault, log);
  const testCallsPerMinute = wholeNumber('testCallsPerMinute', options.testCallsPerMinute ?? 60);
  const release = makeRelease({ handler, repository, vault, witnesses });
  const killCheck = makeKillCheck({
    handler,
    release,
    prober,
    vault,
    clock,
    onAlive: options.onAlive ?? (() => undefined),
  });
  const killCheckWaitMs = wholeNumber('killCheckWaitMs', options.killCheckWaitMs ?? 15_000);
  const checkInPassing = makeCheckInPassing({ killCheck, log, killCheckWaitMs });
  const parts = {
    handler,
    repository,
    killCheck,
    checkBeforeDelete: makeCheckBeforeDelete({ repository, decider, checkInPassing, clock }),
    checkInPassing,
    decider,
    log,
    destructionOf,
    shredTogether,
    handleDeletion: makeDeletionHandler(handler, destroy),
    emptyWorkspace: makeEmptyWorkspace(handler, destroy),
    release,
    testKey: makeTestKey({ handler, repository, prober, clock, log }, release),
    witnesses,
    rows,
    witness: makeWitness(eventStore, vault),
    foresight: makeForesight({ repository, decider }),
    eventStore,
    vault,
    prober,
    vendorAdmin: options.vendorAdmin ?? null,
    authorize,
    clock,
    monotonicClock,
    words: options.words ?? english,
    rateLimit: makeRateLimit(testCallsPerMinute, clock),
    sweepRateLimit: makeRateLimit(testCallsPerMinute, clock),
  };
  const { acceptLog, foreseeAcceptLog, acceptableLosses } = makeAcceptLog(parts);
  const { disownEvents, foreseeDisownEvents, unsealedEnd } = makeDisownEvents(parts);
  const { closeWorkspace, foreseeCloseWorkspace } = makeCloseWorkspace(parts);
  const sweep = makeSweep(parts);
  const checkLeak = makeCheckLeak(parts);
  const revalidate = makeRevalidate(parts);
  return {
    addKey: makeAddKey(parts),
    validateKey: makeValidateKey(parts),
    ...makeKeyDetailUseCases(parts),
    ...makeDefaultUseCases(parts),
    ...makeDeleteUseCases(parts),
    ...makeLeakUseCases(parts),
    leakCase: makeReadLeakCase(parts),
    checkLeak,
    checkLeakUntilDead: makeCheckLeakUntilDead({ checkLeak, clock, wait: waitFor }),
    ...makeFindAtVendor(parts),
    ...makeRevokeAtVendor(parts),
    ...makeUsageAtVendor(parts),
    ...makeRunUseCases(parts),
    closeWorkspace,
    acceptLog,
    acceptableLosses,
    disownEvents,
    unsealedEnd,
    history: makeHistory(parts),
    foresee: {
      ...makeForesee(parts),
      closeWorkspace: foreseeCloseWorkspace,
      acceptLog: foreseeAcceptLog,
      disownEvents: foreseeDisownEvents,
    },
    /**
     * Repairs what a kill or a fault left half done: sealed rows that no event names, secrets of hard-deleted keys
     * that are not proven gone, rows frozen for a delete that never came, keys without a test result. Safe to
     * run by many processes at once, and again. Each workspace is looked into with the permission `Sweep` on it.
     *
     * A run whose lease is over is ended when this service has seen that twice, five minutes apart by a clock that
     * nobody sets; on a retired key one grace later; or when `expire` says so.
     *
     * Faults: `other-vault`, `other-event-store`, `event-store-behind`; those of vault and store.
     */
    sweep,
    /** Sweeps at once and then at intervals: for as long as a service runs. */
    sweepUntil: makeSweepUntil(sweep, log),
    /**
     * Asks vendors again about active keys whose last verdict is older than `afterMs`: 60 a minute at each vendor, with
     * the permission `Sweep` on each workspace. One "no" does not disable a key, and no Default is replaced.
     */
    revalidate,
    /** The same at intervals: for as long as a service runs. */
    revalidateUntil: makeRevalidateUntil(revalidate, log),
    /**
     * Looks whether log and vault are what was written, and changes nothing: chain, seals, witness and snapshot of
     * every workspace that either knows, and whether the secret of every listed key opens. What is wrong is in the
     * report. A page of events is held at a time, and services may go on meanwhile.
     *
     * Refuses `not-permitted`. Faults: `other-vault`, `other-event-store`, `cancelled`; those of vault and store.
     */
    verify: makeVerify(parts),
    /** Waits for what is under way. The event store and the vault stay open: whoever opened them closes them. */
    settled: handler.settled,
  };
};

/** The use cases as `TaskEither`s. */
export type Keyturn = ReturnType<typeof makeKeyturn>;
