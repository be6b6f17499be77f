import { readUnshared } from '@keyturn/testbed';
import type { Keyturn as Service, KeyturnOptions as ServiceOptions, ServiceLog } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import type { KeyBehaviour } from '@keyturn/vendors/sandbox';
import type { ActContext, Keyturn, KeyturnOptions } from 'keyturn';
import { pino } from 'pino';
import { belowTheDoor, type BelowTheDoor } from '../../../belowTheDoor';
import { newDeployment, type Deployment } from '../../../deployment';
import { openedOver } from '../../faulty/behindTheDoor';
import type { FaultyProber } from '../../faulty/probers';
import { masterKeyIn, type Canary, type CanaryKind } from '../canary';
import type { Round } from '../round';
import { anyAnswer, anyVendor } from '../vendorAnswers';
import { searchWhatIsKept } from './kept';

/** The library on real files, called in this process, with a pino logger at its most talkative. */
export interface LibrarySite {
  readonly round: Round;
  readonly deployment: Deployment;
  /** As an embedding service has it. */
  readonly keyturn: Keyturn;
  /** What another one is opened with, to the same log. */
  readonly options: KeyturnOptions;
  /** The use cases below the door, for a part that fails through its port; to the same log. */
  readonly below: Pick<ServiceOptions, 'eventStore' | 'vault' | 'prober'>;
  readonly service: (parts?: Partial<ServiceOptions>) => Service;
  /** A workspace of its own for each scenario. */
  readonly ctx: ActContext;
  /** Makes a call, and inspects what it gives or rejects with; null when it rejects. */
  readonly seen: <A>(place: string, call: () => Promise<A>) => Promise<A | null>;
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
  async (place, call) => {
    try {
      const result = await call();
      round.inspect(place, result);
      return result;
    } catch (error) {
      round.inspect(`${place}, rejected`, error);
      return null;
    }
  };

const VENDOR_PATIENCE_MS = 150;

/** Faulty parts in the place of the library's own. */
export interface LibraryParts {
  readonly vault?: (vault: Vault, deployment: Deployment) => Vault;
  readonly prober?: FaultyProber;
  readonly keyturn?: (keyturn: Keyturn) => Keyturn;
}

/** Opens the library, and the same parts below it. */
const openOver = (
  deployment: Deployment,
  parts: BelowTheDoor,
  options: KeyturnOptions,
  { vault, prober }: LibraryParts,
): Promise<Pick<LibrarySite, 'keyturn' | 'below'>> =>
  openedOver(
    {
      ...(vault === undefined ? {} : { vault: (sound: Vault) => vault(sound, deployment) }),
      ...(prober === undefined ? {} : { prober }),
    },
    async () => ({
      keyturn: await deployment.open({ ...options, housekeeping: true }),
      below: {
        eventStore: await parts.openEventStore(),
        vault: await parts.openVault(),
        prober: makeProber({
          endpointOverrides: options.endpointOverrides ?? {},
          retry: { baseDelayMs: 1, maxDelayMs: 2 },
          timeoutMs: VENDOR_PATIENCE_MS,
        }),
      },
    }),
  );

/** Opens it, plays the scenarios, and searches what they left. */
export const onLibrary = async (
  round: Round,
  play: (inWorkspace: (workspaceId: string) => LibrarySite) => Promise<void>,
  faulty: LibraryParts = {},
): Promise<void> => {
  const log = tellingLog(round);
  const deployment = await newDeployment();
  const line = readUnshared(deployment.masterKeyFile).toString('latin1');
  masterKeyIn(line, 'the library’s').secrets.forEach((secret) => round.made(secret));
  const { sandbox } = round;
  const endpointOverrides = { anthropic: sandbox.url, openai: sandbox.url };
  const options: KeyturnOptions = { ...deployment.options, endpointOverrides, log };
  const parts = belowTheDoor(deployment);
  const opened = await openOver(deployment, parts, options, faulty);
  const { below } = opened;
  const keyturn = faulty.keyturn?.(opened.keyturn) ?? opened.keyturn;
  const seen = seenBy(round);
  await play((workspaceId) => {
    const ctx: ActContext = { workspaceId, actor: { kind: 'user', id: 'ada' } };
    return {
      round,
      deployment,
      keyturn,
      options,
      below,
      service: (others = {}) => parts.service({ ...below, log, ...others }),
      ctx,
      seen,
      add: async ({ kind, behaviour = anyAnswer(round.random), vendor = anyVendor(round.random) } = {}) => {
        const canary = round.keyOf(vendor, behaviour, kind);
        const input = { vendor, pasted: canary.content, vendorIsCertain: true };
        const added = await seen('adding a key', () => keyturn.keys.add(ctx, input));
        return added === null ? null : { canary, keyId: added.key.keyId };
      },
    };
  });
  await searchWhatIsKept(round, deployment, keyturn, parts);
  await parts.close();
  await deployment.close();
};
