import { english, ROTATE_AFTER_DAYS } from '@keyturn/domain';
import type { AuthorizationRequest, Historian, HistorianOptions } from '@keyturn/service';
import { askingFirst } from './asking';
import { makeAudit, makeHistory } from './audit';
import { makeClosing } from './closing';
import { openEventStore } from './deployment/eventStore';
import { placeOf } from './deployment/place';
import { makeLifecycle } from './lifecycle';
import { openingReadModels } from './openingReadModels';
import type { KeyturnReader, KeyturnReaderOptions } from './keyturnReader';
import { makeOwnWrites } from './ownWrites';
import { guardedLog } from './guardedLog';
import { refuseBadOptions } from './options';
import { withProgress } from './progress';
import { makeProjections } from './projections';
import { makeReading } from './reading';
import { recordingHistory, recordingQueries } from './refusals/recorded';
import { makeRefusalRecorder } from './refusals/refusalRecorder';
import { makeRefused } from './refusals/refusedReading';
import { guarded, settled } from './settle';
import { vendorsWhenAsked } from './vendorsWhenAsked';
import { makeFaultTeller } from './whoseFault';
import * as loaded from './parts';

/** Loaded when it is first asked: it needs all of the keyring, and lists need none of it. */
const historyOf = (options: HistorianOptions): Historian['history'] => {
  let made: Historian['history'] | undefined;
  return (ctx, request) => (made ??= loaded.serviceReading().makeHistorian(options).history)(ctx, request);
};

/** Opens what is read; where that fails, what was opened is closed again. */
export const openedReader = async (options: KeyturnReaderOptions): Promise<KeyturnReader> => {
  const place = placeOf(options, { toRead: true });
  refuseBadOptions(options);
  const closing = makeClosing();
  try {
    const eventStore = await openEventStore(place);
    closing.add(eventStore.close);
    const { words = english, project = true, rotateAfterDays = ROTATE_AFTER_DAYS } = options;
    const log = guardedLog(options.log);
    const vendors = vendorsWhenAsked(options);
    const readModels = openingReadModels(
      {
        file: place.readModels,
        store: eventStore,
        words,
        ...(options.vendorTables === undefined ? {} : { vendorName: vendors.displayName }),
        access: project ? 'write' : 'read',
      },
      closing,
    );
    const { permittedQuery } = loaded.permission();
    const authorize = async (request: AuthorizationRequest): Promise<boolean> => options.authorize(request);
    const lifecycle = makeLifecycle();
    const refusals = makeRefusalRecorder({ file: place.refusals, log, clock: Date.now, writes: project });
    closing.add(() => {
      refusals.close();
      return Promise.resolve();
    });
    const mayRead = recordingQueries(permittedQuery(authorize, log), refusals);
    const reading = makeReading({
      readModels,
      mayRead,
      rotateAfterDays,
      faults: makeFaultTeller({ readModels, words, log, contacts: options, vendors }),
      lifecycle,
      ownWrites: makeOwnWrites(() => settled(eventStore.head)),
      catchUp: project
        ? (models) => withProgress(place.onProgress, 'catching-up-read-models', () => settled(models.catchUp))
        : () => Promise.resolve(),
    });
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> =>
      (closed ??= guarded(async () => {
        await lifecycle.end(0);
        await closing.all();
      }));
    return {
      keys: {
        list: reading.listKeys,
        due: reading.keysDue,
        checked: reading.keysLog,
        find: reading.findKeys,
        resolve: reading.resolveKey,
      },
      runs: { list: reading.listRuns },
      workspaces: {
        list: reading.listWorkspaces,
        get: reading.getWorkspace,
        nearest: reading.nearestWorkspace,
      },
      vendors: { troubles: reading.vendorTroubles },
      audit: makeAudit(reading, makeRefused(askingFirst(mayRead), lifecycle, refusals)),
      history: makeHistory(
        recordingHistory(historyOf({ eventStore, authorize, log, words }), refusals),
        lifecycle,
      ),
      projections: makeProjections(readModels, lifecycle),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await closing.all().catch(() => undefined);
    throw error;
  }
};
