import { join } from 'node:path';
import { openReadModels } from '@keyturn/projections';
import type { CallContext, Keyturn, KeyturnOptions, ServiceLog } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { isLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { pino } from 'pino';
import { expectRight } from '@keyturn/testbed';
import type { FaultyProber } from '../../faulty/probers';
import { openKeyturnOnDisk, type KeyturnOnDisk } from '../../../keyturnOnDisk';
import { readUnshared } from '@keyturn/testbed';
import type { KeyBehaviour } from '@keyturn/vendors/sandbox';
import { masterKeyIn, type Canary, type CanaryKind } from '../canary';
import type { Round } from '../round';
import { anyAnswer, anyVendor } from '../vendorAnswers';

/** The library on real files, called in this process, with a pino logger at its most talkative. */
export interface LibrarySite {
  readonly round: Round;
  readonly disk: KeyturnOnDisk;
  readonly options: KeyturnOptions;
  /** A workspace of its own for each scenario. */
  readonly context: CallContext;
  /** Runs a use case, and inspects what it gives. */
  readonly seen: <E, A>(place: string, task: TaskEither<E, A>) => Promise<A | null>;
  /** Runs a promise, and inspects what it gives or rejects with. */
  readonly promised: <A>(place: string, promise: () => Promise<A>) => Promise<A | null>;
  /** Adds a canary that its vendor answers as it likes; null when it was refused. */
  readonly add: (
    options?: Readonly<{ kind?: CanaryKind; behaviour?: KeyBehaviour; vendor?: string }>,
  ) => Promise<Readonly<{ canary: Canary; keyId: string }> | null>;
}

/** At trace, into the search: every line, and every object that was handed to it. */
const tellingLog = (round: Round): ServiceLog => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => round.tell('a log line', line) });
  const at =
    (level: 'info' | 'warn') =>
    (facts: object, message: string): void => {
      round.inspect('what is logged', facts);
      logger[level](facts, message);
    };
  return { info: at('info'), warn: at('warn') };
};

const seenBy =
  (round: Round): LibrarySite['seen'] =>
  async (place, task) => {
    const result = await task();
    round.inspect(place, result);
    return isLeft(result) ? null : result.right;
  };

const promisedBy =
  (round: Round): LibrarySite['promised'] =>
  async (place, promise) => {
    try {
      const result = await promise();
      round.inspect(place, result);
      return result;
    } catch (error) {
      round.inspect(`${place}, rejected`, error);
      return null;
    }
  };

const VENDOR_PATIENCE_MS = 150;

/** Everything that a reader of the read models and of the log can get, and all that lies on disk. */
const searchWhatIsKept = async (round: Round, disk: KeyturnOnDisk, masterKeyFile: string): Promise<void> => {
  const models = await expectRight(
    openReadModels({ file: join(disk.directory, 'data', 'read-models.sqlite'), store: disk.eventStore }),
  );
  await expectRight(models.catchUp);
  round.inspect('the audit log', await models.auditPage({}, { order: 'newest-first', limit: 200 })());
  round.inspect('the actors', await models.countByActor({})());
  const page = await expectRight(disk.eventStore.readAll({ limit: 1_000 }));
  const streams = new Set(page.events.map(({ stream }) => stream));
  for (const event of page.events)
    round.tell(
      'an event',
      JSON.stringify(event, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v)),
    );
  for (const stream of streams) {
    round.inspect('a snapshot', await disk.eventStore.loadSnapshot(stream)());
    const workspaceId = stream.replace(/^keyring-/, '');
    round.inspect('the key list', await models.listKeys(workspaceId)());
    round.inspect('the use of runs', await models.listRuns({ workspaceId }, { limit: 200 })());
  }
  for (const part of [models, disk.keyturn, disk.promises, disk.vault, disk.eventStore]) {
    round.inspect('a part of the library itself', part);
  }
  round.own(masterKeyFile);
  // As the log stands while it is open, with what was not yet written back.
  round.searchFiles(disk.directory);
  await models.close();
  await disk.close();
};

/** Faulty parts in the place of the library's own. */
export interface LibraryParts {
  readonly vault?: (vault: Vault, disk: KeyturnOnDisk) => Vault;
  readonly prober?: FaultyProber;
  readonly keyturn?: (keyturn: Keyturn) => Keyturn;
}

/** Opens it, plays the scenarios, and searches what they left. */
export const onLibrary = async (
  round: Round,
  play: (inWorkspace: (workspaceId: string) => LibrarySite) => Promise<void>,
  faulty: LibraryParts = {},
): Promise<void> => {
  const log = tellingLog(round);
  const disk = await openKeyturnOnDisk({ log });
  const masterKeyFile = join(disk.directory, 'master-key');
  const line = readUnshared(masterKeyFile).toString('latin1');
  masterKeyIn(line, 'the library’s').secrets.forEach((secret) => round.made(secret));
  const { sandbox } = round;
  const prober = makeProber({
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
    timeoutMs: VENDOR_PATIENCE_MS,
  });
  const options: KeyturnOptions = {
    eventStore: disk.eventStore,
    vault: faulty.vault?.(disk.vault, disk) ?? disk.vault,
    prober: faulty.prober?.(prober) ?? prober,
    authorize: () => Promise.resolve(true),
    testCallsPerMinute: 10_000,
    log,
  };
  const service = disk.another(options);
  const keyturn = faulty.keyturn?.(service) ?? service;
  const [seen, promised] = [seenBy(round), promisedBy(round)];
  await play((workspaceId) => {
    const context: CallContext = { workspaceId, actor: { kind: 'user', id: 'ada' } };
    return {
      round,
      disk: { ...disk, keyturn },
      options,
      context,
      seen,
      promised,
      add: async ({ kind, behaviour = anyAnswer(round.random), vendor = anyVendor(round.random) } = {}) => {
        const canary = round.keyOf(vendor, behaviour, kind);
        const request = { vendor, pasted: canary.content, vendorIsCertain: true };
        const added = await seen('adding a key', keyturn.addKey(context, request));
        return added === null ? null : { canary, keyId: added.key.keyId };
      },
    };
  });
  await searchWhatIsKept(round, disk, masterKeyFile);
};
