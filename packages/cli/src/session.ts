import type {
  ActContext,
  Keyturn,
  KeyturnReader,
  OwnVendorTables,
  PlaceOptions,
  ReaderContext,
} from 'keyturn';
import { HOUSEKEEPER } from './actor';
import type { Io } from './io';
import { readVendorsFile } from './input/vendorsFile';
import { masterKeyOf } from './masterKey';
import { progressOf } from './output/openingProgress';
import { showingProgress } from './output/progress';
import { makeLog } from './log';
import { Misnamed } from './problems';
import type { Settings } from './settings';

/** The command itself, as whoever starts it has it. */
export type RunCommandLine = (words: ReadonlyArray<string>, io: Io) => Promise<number>;

/** What one command works with. The deployment is opened when it is first asked for: reading needs no master key. */
export interface Session {
  readonly io: Io;
  readonly settings: Settings;
  /** Where the deployment lies. */
  readonly place: PlaceOptions;
  /** Who acts, and under which case. @throws UsageError where the login has no name that can stand in the log */
  readonly context: (workspaceId: string, caseId?: string) => ActContext;
  /** Who reads: nobody has to be named for that. */
  readonly asReader: (workspaceId: string) => ActContext;
  /** The same, of all workspaces. */
  readonly asReaderOfAll: () => ReaderContext;
  /** The deployment, with the vault open. `asksNext` says that something more is asked for on the terminal. */
  readonly keyturn: (then?: { readonly asksNext: boolean }) => Promise<Keyturn>;
  /** The same with nothing written by opening it: for looking alone. */
  readonly keyturnForDryRuns: () => Promise<Keyturn>;
  /** Lists, audit log and history, without the vault. */
  readonly reader: () => Promise<KeyturnReader>;
  /** The operator's own vendor tables, where there are any. @throws UsageError where they can't be used */
  readonly vendorTables: () => Promise<OwnVendorTables>;
  /** Does some work, and on a terminal shows that it goes on. */
  readonly showing: <A>(doing: string, work: () => Promise<A>) => Promise<A>;
  /** The same error; of a workspace that no event names, with the name that was probably meant. */
  readonly explained: (error: unknown) => Promise<unknown>;
  /** Runs another command line, and gives its exit status. */
  readonly command: RunCommandLine;
  readonly close: () => Promise<void>;
}

/** Whoever can read the master key and write the data directory may do everything: there is nobody else to ask. */
const permitAll = (): boolean => true;

export const makeSession = (settings: Settings, io: Io, command: RunCommandLine): Session => {
  const opened: Pick<KeyturnReader, 'close' | 'workspaces'>[] = [];
  const readingActor = settings.namedActor ?? HOUSEKEEPER;
  const place: PlaceOptions = {
    directory: settings.dataDirectory,
    ...(settings.store === null ? {} : { eventStore: settings.store }),
    ...(settings.vault === null ? {} : { vault: settings.vault }),
    onProgress: progressOf(io.stderr),
  };

  const rotation = settings.rotateAfterDays === null ? {} : { rotateAfterDays: settings.rotateAfterDays };

  let ownTables: OwnVendorTables | undefined;
  const vendorTables = async (): Promise<OwnVendorTables> => {
    const { vendorsFile } = settings;
    return (ownTables ??= vendorsFile === null ? {} : { vendorTables: await readVendorsFile(vendorsFile) });
  };

  const open = async (dryRunOnly: boolean, asksNext = false): Promise<Keyturn> => {
    const { openKeyturn } = await import('keyturn');
    const masterKey = masterKeyOf(settings, io);
    try {
      const keyturn = await openKeyturn({
        ...place,
        masterKey: masterKey.option,
        authorize: permitAll,
        housekeeping: false,
        dryRunOnly,
        telemetry: false,
        ...settings.vendorAccess,
        ...(await vendorTables()),
        ...settings.contacts,
        ...rotation,
        ...(settings.verbose ? { log: await makeLog(io.stderr) } : {}),
      });
      opened.push(keyturn);
      return keyturn;
    } finally {
      masterKey.wipe();
      if (!asksNext) io.doneAsking?.();
    }
  };

  const read = async (): Promise<KeyturnReader> => {
    const { openKeyturnReader } = await import('keyturn');
    const reader = await openKeyturnReader({
      ...place,
      authorize: permitAll,
      ...(await vendorTables()),
      ...settings.contacts,
      ...rotation,
    });
    opened.push(reader);
    return reader;
  };

  return {
    io,
    settings,
    place,
    context: (workspaceId, caseId) => ({
      workspaceId,
      actor: settings.actor(),
      ...(caseId === undefined ? {} : { caseId }),
    }),
    asReader: (workspaceId) => ({ workspaceId, actor: readingActor }),
    asReaderOfAll: () => ({ actor: readingActor }),
    keyturn: ({ asksNext } = { asksNext: false }) => open(false, asksNext),
    keyturnForDryRuns: () => open(true),
    reader: read,
    vendorTables,
    command,
    showing: (doing, work) => showingProgress(io.stderr, doing, work),
    explained: async (error) => {
      const { isKeyturnError } = await import('keyturn');
      const latest = opened.at(-1);
      if (latest === undefined || !isKeyturnError(error) || error.code !== 'unknown-workspace') return error;
      const { workspaceId } = error.facts;
      const nearest = await latest.workspaces.nearest({ actor: readingActor }, workspaceId).catch(() => null);
      return nearest === null ? error : new Misnamed(error, nearest);
    },
    close: async () => {
      for (const one of opened.reverse()) await one.close();
    },
  };
};
