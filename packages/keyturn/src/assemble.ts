import { english } from '@keyturn/domain';
import type { AuthorizationRequest, ServiceLog } from '@keyturn/service';
import type { EventStore } from '@keyturn/event-store';
import type { ReadModels } from '@keyturn/projections';
import type { Vault } from '@keyturn/vault';
import { makeAudit, makeHistory } from './audit';
import { makeClosing, type Closing } from './closing';
import { openEventStore } from './deployment/eventStore';
import { masterKeyOf, refuseKeyInside, withMasterKey, type MasterKeyOption } from './deployment/masterKey';
import { placeOf, type Place } from './deployment/place';
import { locateVault } from './deployment/vaultPlace';
import { healthOf } from './health';
import { isHousekeeper } from './context';
import { makeHousekeeping, startHousekeeping } from './housekeeping';
import { makeKeys, makeSupport } from './keys';
import { makeLifecycle } from './lifecycle';
import { makeOwnWrites } from './ownWrites';
import { withProgress } from './progress';
import { makeProjections } from './projections';
import { openingReadModels } from './openingReadModels';
import { makeReading } from './reading';
import { makeRuns } from './runs';
import { tellingValidation } from './results';
import { guarded, settled } from './settle';
import type { Authorize, Keyturn, KeyturnOptions } from './keyturn';
import { makeUseRun } from './runUse';
import { makeVendors } from './vendors';

const SILENT: ServiceLog = { info: () => undefined, warn: () => undefined };
const DRAIN_MS = 10_000;

interface OpenParts {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly readModels: () => Promise<ReadModels>;
}

const openVaultOf = async (place: Place, masterKey: MasterKeyOption): Promise<Vault> => {
  const { openVault } = await import('@keyturn/vault');
  const { place: at, info } = await locateVault(place);
  const given = await masterKeyOf(masterKey, info);
  refuseKeyInside(place.data?.root ?? null, given);
  return withMasterKey(given, (source) =>
    withProgress(place.onProgress, 'opening-vault', () => settled(openVault({ ...at, masterKey: source }))),
  );
};

const openParts = async (place: Place, options: KeyturnOptions, closing: Closing): Promise<OpenParts> => {
  const eventStore = await openEventStore(place);
  closing.add(eventStore.close);
  const vault = await openVaultOf(place, options.masterKey);
  closing.add(vault.close);
  const { checkPairing, pairVault } = await import('@keyturn/service');
  if (options.onlyLook === true) await settled(checkPairing(eventStore, vault));
  else await settled(pairVault(eventStore, vault));
  const { words = english } = options;
  const readModels = openingReadModels({ file: place.readModels, store: eventStore, words }, closing);
  return { eventStore, vault, readModels };
};

/** Housekeeping is nobody's act, so nobody is asked; callers can't take its name. */
const hookOf =
  (authorize: Authorize) =>
  async (request: AuthorizationRequest): Promise<boolean> =>
    isHousekeeper(request.actor)
      ? request.action === 'Sweep' || request.action === 'ExpireRuns'
      : authorize(request);

const assembled = async (
  { eventStore, vault, readModels }: OpenParts,
  options: KeyturnOptions,
  closing: Closing,
): Promise<Keyturn> => {
  const [{ makeKeyturn, permittedQuery }, { displayName, makeProber }] = [
    await import('@keyturn/service'),
    await import('@keyturn/vendors'),
  ];
  const {
    log = SILENT,
    words = english,
    policy,
    testCallsPerMinute,
    endpointOverrides,
    housekeeping = true,
  } = options;
  const authorize = hookOf(options.authorize);
  const prober = makeProber(endpointOverrides === undefined ? {} : { endpointOverrides });
  const service = makeKeyturn({
    eventStore,
    vault,
    prober,
    authorize,
    log,
    words,
    ...(policy === undefined ? {} : { policy }),
    ...(testCallsPerMinute === undefined ? {} : { testCallsPerMinute }),
  });
  const lifecycle = makeLifecycle();
  const ownWrites = makeOwnWrites();
  const acting = { lifecycle, ownWrites };
  const running = housekeeping ? startHousekeeping({ service, readModels, log, clock: Date.now }) : null;
  const reading = makeReading({
    readModels,
    mayRead: permittedQuery(authorize, log),
    lifecycle,
    ownWrites,
    catchUp: housekeeping ? () => Promise.resolve() : (models) => settled(models.catchUp),
  });
  const projections = makeProjections(readModels, lifecycle);
  const use = makeUseRun({ service, lifecycle, ownWrites, log, clock: Date.now });
  closing.add(service.settled);
  let closed: Promise<void> | undefined;
  const close = ({ drainMs = DRAIN_MS }: { readonly drainMs?: number } = {}): Promise<void> =>
    (closed ??= guarded(async () => {
      await lifecycle.end(drainMs);
      await running?.stop();
      await closing.all();
    }));
  return {
    deploymentId: vault.deploymentId,
    keys: makeKeys(service, reading, tellingValidation(words, displayName), acting),
    runs: makeRuns(service, use, reading, acting),
    audit: makeAudit(reading),
    history: makeHistory(service.history, lifecycle),
    vendors: makeVendors(prober.vendors),
    support: makeSupport(service, acting),
    projections,
    housekeeping: makeHousekeeping(service, lifecycle.run),
    health: () =>
      guarded(() =>
        lifecycle.run(() =>
          healthOf({
            eventStore,
            projections,
            housekeeping: running?.state() ?? null,
            secretsInUse: lifecycle.uses(),
          }),
        ),
      ),
    close,
    [Symbol.asyncDispose]: () => close(),
  };
};

/** Opens the parts, and puts them together; where one fails, what was opened is closed again. */
export const opened = async (options: KeyturnOptions): Promise<Keyturn> => {
  const place = placeOf(options);
  if (options.create === 'if-missing') {
    const { createIfMissing } = await import('./deployment/createIfMissing.js');
    await createIfMissing(place, options.masterKey);
  }
  const closing = makeClosing();
  try {
    return await assembled(await openParts(place, options, closing), options, closing);
  } catch (error) {
    await closing.all().catch(() => undefined);
    throw error;
  }
};
