import { invalidInput, unknownKey } from '@keyturn/domain';
import type { KnownKey as ProjectedKey, ReadModels } from '@keyturn/projections';
import type { Usage } from '@keyturn/vendors';
import { isLeft } from 'fp-ts/Either';
import { askedFor } from '../askedFor';
import { ANY, TEXT, TIME, YES_OR_NO, type MembersOf } from '../members';
import type { Asked } from '../asking';
import type { ActContext, QueryOptions } from '../context';
import { faultError, refusalError } from '../errors';
import type { FindKeys } from '../finding/find';
import type { KnownKey } from '../knownKeys';
import type { RefusalRecorder } from '../refusals/refusalRecorder';
import * as loaded from '../parts';
import { settled } from '../settle';
import { allRefusals } from './allRefusals';
import { exposureReport, type ExposureReport } from './exposureReport';
import type { ExposureFacts, ExposureWindow, SameSecret } from './facts';
import { readRefusedActsOfNewActors } from './readRefusedActs';
import { readActsOfNewActors, readHistory, readKnown, readReportEntry } from './readSurroundings';
import { readHolds, readUses } from './readUses';
import { reachOf } from './rules/unexplainedAtVendor';

export interface ExposureInput {
  readonly keyId: string;
  /**
   * From when a leak is suspected, milliseconds since 1970. Where it is left out, what the reports of the key say; when
   * it was added, where they say nothing.
   */
  readonly since?: number;
  /** Before this; now when left out. */
  readonly until?: number;
  /**
   * What the vendor counted of this key, as a file of its own formats or of CSV (`start,end,requests`): laid beside our
   * pins. What is in no such format is refused as `invalid-input`, with the line or the member.
   */
  readonly usage?: Uint8Array;
  /**
   * The key itself, for support: whether its secret is on file elsewhere. The hook is asked for `FindKeys` of all
   * workspaces. Bytes stay yours to wipe.
   */
  readonly pasted?: string | Uint8Array;
  /** Whether the rules about habits are asked for: `burst` and `unusual-hour`. False when left out. */
  readonly habits?: boolean;
}

/** What was read of a vendor's usage, beside its buckets. */
export type UsageRead = Omit<Usage, 'buckets'>;

/** A report, with what was read of the vendor's usage; null where none was given. */
export type ExposureAnswer = ExposureReport & { readonly usage: UsageRead | null };

export type Exposure = (
  ctx: ActContext,
  input: ExposureInput,
  options?: QueryOptions,
) => Promise<ExposureAnswer>;

interface ExposureParts {
  readonly asked: Asked;
  readonly find: FindKeys;
  readonly refusals: Pick<RefusalRecorder, 'store'>;
  readonly telling: (keys: ReadonlyArray<ProjectedKey>) => Promise<ReadonlyArray<KnownKey>>;
  readonly clock: () => number;
}

const INPUT: MembersOf<ExposureInput> = {
  keyId: TEXT,
  since: TIME,
  until: TIME,
  usage: ANY,
  pasted: ANY,
  habits: YES_OR_NO,
};

const windowOf = (since: number, until: number): ExposureWindow => {
  if (since < until) return { since, until };
  throw faultError('invalid-query', 'read-models', '`since` has to be before `until`.');
};

/** @throws KeyturnRefusal `invalid-input` */
const usageOf = (bytes: Uint8Array, vendor: string): Usage => {
  const usage = loaded.vendors().readUsage(bytes, vendor, null);
  if (isLeft(usage)) {
    const { at, problem } = usage.left;
    throw refusalError(invalidInput(`usage${at === null ? '' : ` (${at})`}`, problem));
  }
  return usage.right;
};

const restOf = ({ format, rows, rowsWithoutKey, rowsOfOtherKeys, morePages }: Usage): UsageRead => ({
  format,
  rows,
  rowsWithoutKey,
  rowsOfOtherKeys,
  morePages,
});

export const makeExposure = ({ asked, find, refusals, telling, clock }: ExposureParts): Exposure => {
  const refused = (
    workspaceId: string,
    keyId: string,
    window: ExposureWindow,
  ): Pick<ExposureFacts, 'refusals' | 'refusalsCounted'> => {
    const store = refusals.store();
    if (store === null) return { refusals: [], refusalsCounted: [] };
    return {
      refusals: allRefusals(store, { workspaceIds: [workspaceId], keyId, ...window }),
      refusalsCounted: store.counted({ workspaceIds: [workspaceId], ...window }),
    };
  };

  const elsewhere = async (
    { actor, workspaceId }: ActContext,
    keyId: string,
    pasted: string | Uint8Array | undefined,
  ): Promise<ReadonlyArray<SameSecret> | null> => {
    if (pasted === undefined) return null;
    const { keys } = await find({ actor }, { pasted });
    if (!keys.some((key) => key.workspaceId === workspaceId && key.keyId === keyId)) {
      throw faultError(
        'invalid-query',
        'read-models',
        'The key that was pasted is another one than `keyId`.',
      );
    }
    return keys
      .filter((key) => key.workspaceId !== workspaceId)
      .map((key) => ({ workspaceId: key.workspaceId, keyId: key.keyId, status: key.status }));
  };

  const factsOf = async (
    models: ReadModels,
    key: KnownKey,
    window: ExposureWindow,
    more: Pick<ExposureFacts, 'sameSecret' | 'buckets'>,
  ): Promise<ExposureFacts> => {
    const { workspaceId, keyId } = key;
    const read = await readUses(models, workspaceId, keyId, window);
    const reach = reachOf(window, more.buckets ?? []);
    const attempts = refused(workspaceId, keyId, window);
    const acts = await readActsOfNewActors(models, workspaceId, window);
    const refusedActs = await readRefusedActsOfNewActors(models, refusals.store(), workspaceId, window);
    return {
      window,
      addedAt: key.addedAt,
      reportedAt: key.reportedLeakedAt,
      reportedBy: await readReportEntry(models, workspaceId, keyId, key.reportedLeakedAt),
      ...read,
      holds: await readHolds(models, workspaceId, keyId, reach),
      requestsOfRuns: await settled(models.requestsOfRuns({ workspaceId, keyId, since: reach.since })),
      actsOfNewActors: [...acts, ...refusedActs],
      known: await readKnown(models, workspaceId, window, read.uses),
      ...(await readHistory(models, workspaceId, window)),
      ...attempts,
      ...more,
    };
  };

  return async (ctx, input, options = {}) => {
    const { workspaceId, actor } = ctx;
    const { keyId, since, until, usage, pasted, habits = false } = askedFor(input, INPUT, ['keyId']);
    return asked({ workspaceId, actor }, 'ReadAudit', { keyId }, options, async (models) => {
      const found = await settled(models.findKeys(workspaceId, keyId));
      const [key] = await telling(found.filter((one) => one.keyId === keyId));
      if (key === undefined) throw refusalError(unknownKey(keyId));
      const suspected = since ?? (await settled(models.suspectedSince({ workspaceId, keyId })));
      const end = until ?? clock();
      // What was reported is no answer for a window that ends before.
      const begin = since ?? (suspected !== null && suspected < end ? suspected : key.addedAt);
      const window = windowOf(begin, end);
      const sameSecret = await elsewhere({ workspaceId, actor }, keyId, pasted);
      const read = usage === undefined ? null : usageOf(usage, key.vendor);
      const facts = await factsOf(models, key, window, { sameSecret, buckets: read?.buckets ?? null });
      return { ...exposureReport(key, facts, suspected, { habits }), usage: read && restOf(read) };
    });
  };
};
