import { english, ROTATE_AFTER_DAYS } from '@keyturn/domain';
import type { AuthorizationRequest } from '@keyturn/service';
import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import { unlessAborted } from './abortSignals';
import { makeAudit, makeHistory } from './audit';
import { makeClosing, type Closing } from './closing';
import { createIfMissing } from './deployment/createIfMissing';
import { isThere } from './deployment/dataDirectory';
import { openEventStore } from './deployment/eventStore';
import { masterKeyOf, refuseKeyInside, withMasterKey } from './deployment/masterKey';
import { placeOf, type Place } from './deployment/place';
import { SetupFault } from './deployment/setupFault';
import { locateVault } from './deployment/vaultPlace';
import { guardedLog } from './guardedLog';
import { healthOf, type Health } from './health';
import type { ActParts } from './act';
import { type AskingParts, askingFirst, makeAsked } from './asking';
import { isHousekeeper } from './context';
import { faultError } from './errors';
import { makeCheckCertificate } from './certificate/checkCertificate';
import { makeCertify } from './certificate/readCertificate';
import { makeExposure } from './exposure/exposure';
import { makeFindKeys } from './finding/find';
import { makeHousekeeping, startHousekeeping } from './housekeeping';
import { makeKeys } from './keys';
import { makeSupport } from './support';
import { tellingKeys } from './knownKeys';
import { makeLog } from './log';
import { makeAtVendor } from './atVendor';
import { tellOfDebugger } from './debugger';
import { makeLeakChecks } from './leakCheck';
import { makeLeakStatus } from './leakStatus';
import { makeLifecycle } from './lifecycle';
import { refuseBadOptions } from './options';
import { makeOwnWrites } from './ownWrites';
import { withProgress } from './progress';
import { makeProjections, type Projections } from './projections';
import { openingReadModels } from './openingReadModels';
import { makeReading } from './reading';
import { holdingAgain, holdingForCases } from './refusals/heldByCases';
import { recordingQueries, recordingService } from './refusals/recorded';
import { makeRefusalRecorder } from './refusals/refusalRecorder';
import { makeRefused } from './refusals/refusedReading';
import { makeRuns } from './runs';
import { tellingValidation } from './results';
import { guarded, settled } from './settle';
import type { Authorize, Keyturn, KeyturnOptions } from './keyturn';
import { makeUseRun } from './runUse';
import { makeTelemetry, NO_TELEMETRY, type Telemetry } from './telemetry/telemetry';
import { proberFor, vendorAdminFor } from './testCalls';
import { makeVendors } from './vendors';
import { makeVerify } from './verify';
import { makeFaultTeller } from './whoseFault';
import { makeWorkspaces } from './workspaces';
import * as loaded from './parts';

/** Where nothing may be written: looking would begin them. */
const NO_PROJECTIONS: Pick<Projections, 'status'> = { status: () => Promise.resolve([]) };
const DAY_MS = 86_400_000;
const DRAIN_MS = 10_000;
const LAST_ANSWER_MS = 10_000;

interface OpenParts {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly readModelsFile: string;
  readonly refusalsFile: string;
}

const openVaultOf = async (
  place: Place,
  { masterKey, deploymentId }: Pick<KeyturnOptions, 'masterKey' | 'deploymentId'>,
): Promise<Vault> => {
  const { openVault } = loaded.vault();
  const { place: at, info } = await locateVault(place);
  if (deploymentId !== undefined && deploymentId !== info.deploymentId) {
    throw new SetupFault(
      'other-vault',
      `The vault is of deployment ${info.deploymentId}, and ${deploymentId} is asked for. Name the right vault.`,
    );
  }
  const given = await masterKeyOf(masterKey, info);
  refuseKeyInside(place.data?.root ?? null, given);
  return withMasterKey(given, (source) =>
    withProgress(place.onProgress, 'opening-vault', () => settled(openVault({ ...at, masterKey: source }))),
  );
};

const openParts = async (
  place: Place,
  options: KeyturnOptions,
  telemetry: Telemetry,
  closing: Closing,
): Promise<OpenParts> => {
  const eventStore = telemetry.eventStore(await openEventStore(place));
  closing.add(eventStore.close);
  const vault = telemetry.vault(await openVaultOf(place, options));
  closing.add(vault.close);
  const { checkPairing, pairVault } = loaded.service();
  if (options.dryRunOnly === true) await settled(checkPairing(eventStore, vault));
  else await settled(pairVault(eventStore, vault));
  return { eventStore, vault, readModelsFile: place.readModels, refusalsFile: place.refusals };
};

/**
 * A run that has ended is to be recorded while Keyturn closes, too, but closing is not to hang on the hook's answer.
 */
const untilClosing = ({ action }: AuthorizationRequest, draining: AbortSignal): AbortSignal =>
  action === 'FinishRun' ? AbortSignal.timeout(LAST_ANSWER_MS) : draining;

/**
 * Housekeeping is nobody's act, so nobody is asked; callers can't take its name. A hook that does not answer holds up
 * nobody who closes.
 */
const hookOf =
  (authorize: Authorize, draining: AbortSignal) =>
  async (request: AuthorizationRequest): Promise<boolean> =>
    isHousekeeper(request.actor)
      ? request.action === 'Sweep' || request.action === 'ExpireRuns'
      : unlessAborted(untilClosing(request, draining), () => authorize(request));

const assembled = async (
  { eventStore, vault, readModelsFile, refusalsFile }: OpenParts,
  options: KeyturnOptions,
  telemetry: Telemetry,
  closing: Closing,
): Promise<Keyturn> => {
  const { makeKeyturn, permittedQuery } = loaded.service();
  const { words = english, policy, testCallsPerMinute } = options;
  const log = guardedLog(options.log);
  const dryRunOnly = options.dryRunOnly === true;
  const housekeeping = !dryRunOnly && options.housekeeping !== false;
  const lifecycle = makeLifecycle();
  const ownWrites = makeOwnWrites(() => settled(eventStore.head));
  const authorize = hookOf(options.authorize, lifecycle.draining);
  const prober = telemetry.prober(proberFor(options, log, options.onProgress));
  const { vendors } = prober;
  const readModels = openingReadModels(
    {
      file: readModelsFile,
      store: eventStore,
      words,
      vendorName: vendors.displayName,
      verify: vault,
      ...(telemetry.aroundBatch === undefined ? {} : { around: telemetry.aroundBatch }),
    },
    closing,
  );
  const refusals = makeRefusalRecorder({ file: refusalsFile, log, clock: Date.now, writes: !dryRunOnly });
  const made = makeKeyturn({
    eventStore,
    vault,
    prober,
    vendorAdmin: vendorAdminFor(options),
    authorize,
    log,
    words,
    onAlive: holdingAgain(refusals),
    ...(policy === undefined ? {} : { policy }),
    ...(testCallsPerMinute === undefined ? {} : { testCallsPerMinute }),
  });
  closing.add(() => {
    refusals.close();
    return Promise.resolve();
  });
  const service = recordingService(telemetry.service(holdingForCases(made, refusals)), refusals);
  const mayRead = recordingQueries(permittedQuery(authorize, log), refusals);
  const faults = makeFaultTeller({ readModels, words, log, contacts: options, vendors });
  const acting: ActParts = {
    explained: faults.explained,
    lifecycle,
    ownWrites,
    refuseWrites: () => {
      if (!dryRunOnly) return;
      throw faultError(
        'bad-option',
        'set-up',
        'This Keyturn was opened with dryRunOnly: it takes acts with dryRun alone.',
      );
    },
  };
  const running = housekeeping
    ? startHousekeeping({
        service,
        readModels,
        log,
        clock: Date.now,
        revalidateAfterMs:
          options.revalidateAfterDays === undefined ? null : options.revalidateAfterDays * DAY_MS,
      })
    : null;
  const rotateAfterDays = options.rotateAfterDays ?? ROTATE_AFTER_DAYS;
  const telling = tellingKeys(rotateAfterDays, faults);
  const asking: AskingParts = {
    readModels,
    mayRead,
    lifecycle,
    ownWrites,
    catchUp: housekeeping ? () => Promise.resolve() : (models) => settled(models.catchUp),
  };
  const reading = makeReading({ ...asking, rotateAfterDays, faults });
  const asked = makeAsked(asking);
  const find = makeFindKeys({ asked, vault, telling });
  const certify = makeCertify({ asked, eventStore, deploymentId: vault.deploymentId });
  const projections = makeProjections(readModels, lifecycle);
  const use = makeUseRun({ ...acting, service, log, vendors, clock: Date.now });
  closing.add(service.settled);
  const health = (): Promise<Health> =>
    healthOf({
      eventStore,
      vault,
      projections: dryRunOnly && !isThere(readModelsFile) ? NO_PROJECTIONS : projections,
      housekeeping: running?.state() ?? null,
      refusals,
      secretsInUse: lifecycle.uses(),
    });
  const stopObserving = telemetry.observe(health);
  let closed: Promise<void> | undefined;
  const close = async ({ drainMs = DRAIN_MS }: { readonly drainMs?: number } = {}): Promise<void> => {
    if (!(drainMs >= 0)) {
      throw faultError('bad-option', 'set-up', 'drainMs takes a number of milliseconds, 0 or more.');
    }
    closed ??= guarded(async () => {
      stopObserving();
      await lifecycle.end(drainMs);
      await running?.stop();
      await closing.all();
    });
    return closed;
  };
  return {
    deploymentId: vault.deploymentId,
    keys: makeKeys(service, reading, tellingValidation(words, vendors.displayName, faults), acting),
    runs: makeRuns(service, use, reading, acting),
    workspaces: makeWorkspaces(service, reading, acting),
    audit: makeAudit(reading, makeRefused(askingFirst(mayRead), lifecycle, refusals)),
    history: makeHistory(service.history, lifecycle),
    vendors: makeVendors(vendors, reading.vendorTroubles),
    support: makeSupport(service, acting, {
      find,
      exposure: makeExposure({ asked, find, refusals, telling, clock: Date.now }),
      certificate: certify,
      checkCertificate: makeCheckCertificate({ certify, service }),
      ...makeLeakChecks(service, acting),
      atVendor: makeAtVendor(service, acting),
      status: makeLeakStatus({ asked, vendors, leakCase: service.leakCase }),
    }),
    log: makeLog(service, acting),
    projections,
    housekeeping: makeHousekeeping(service, acting),
    verify: makeVerify({ service, eventStore, readModels: readModelsFile, lifecycle }),
    health: () => guarded(() => lifecycle.run(health)),
    close,
    [Symbol.asyncDispose]: () => close(),
  };
};

/** Opens the parts, and puts them together; where one fails, what was opened is closed again. */
export const opened = async (options: KeyturnOptions): Promise<Keyturn> => {
  refuseBadOptions(options);
  const place = placeOf(options);
  if (options.create === 'if-missing') {
    await createIfMissing(place, options.masterKey);
  }
  const closing = makeClosing();
  try {
    await tellOfDebugger(guardedLog(options.log));
    const telemetry =
      options.telemetry === false
        ? NO_TELEMETRY
        : makeTelemetry(options.eventStore === undefined ? 'sqlite' : 'eventstoredb');
    const parts = await openParts(place, options, telemetry, closing);
    return await assembled(parts, options, telemetry, closing);
  } catch (error) {
    await closing.all().catch(() => undefined);
    throw error;
  }
};
