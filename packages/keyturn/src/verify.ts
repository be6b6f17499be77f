import type { EventStore } from '@keyturn/event-store';
import type { ProjectionName, ReadModelComparison } from '@keyturn/projections';
import type {
  Keyturn as Service,
  VerifyFinding as ServiceFinding,
  VerifyFindingKind as ServiceFindingKind,
  VerifyProgress as ServiceProgress,
  VerifyReport as ServiceReport,
} from '@keyturn/service';
import { isLeft } from 'fp-ts/Either';
import { dirname } from 'node:path';
import { askedFor } from './askedFor';
import { ANY, oneOf, type MembersOf } from './members';
import type { ReaderContext } from './context';
import { isThere } from './deployment/dataDirectory';
import type { Lifecycle } from './lifecycle';
import * as loaded from './parts';
import { guarded, keyturnError, settled } from './settle';

export type VerifyFindingKind = ServiceFindingKind | 'read-model-differs';

/** Something that is not as it has to be. */
export interface VerifyFinding extends Omit<ServiceFinding, 'kind'> {
  readonly kind: VerifyFindingKind;
  /** Null where it is no read model's. */
  readonly projection: ProjectionName | null;
}

/** What a verification came to. Nothing is wrong where there is no finding. */
export interface VerifyReport extends Omit<ServiceReport, 'findings'> {
  /** The read models that were compared with what the events say; none where none was built yet. */
  readonly readModels: ReadonlyArray<ProjectionName>;
  readonly findings: ReadonlyArray<VerifyFinding>;
}

/** How far a verification has come. */
export interface VerifyProgress extends Omit<ServiceProgress, 'step'> {
  readonly step: ServiceProgress['step'] | 'comparing-read-models';
}

export interface VerifyOptions {
  /**
   * `whole` when left out: everything. `heads`: only whether each stream ends as the vault knows it, sealed; for a
   * deployment that was just restored.
   */
  readonly depth?: 'heads' | 'whole';
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
}

export type VerifyDeployment = (ctx: ReaderContext, options?: VerifyOptions) => Promise<VerifyReport>;

const ofReadModels = (
  what: string,
  next: string,
  more: Partial<Pick<VerifyFinding, 'kind' | 'workspaceId' | 'projection'>>,
): VerifyFinding => ({
  kind: 'read-model-differs',
  workspaceId: null,
  stream: null,
  revision: null,
  keyId: null,
  projection: null,
  ...more,
  what,
  next,
});

const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

const differences = (
  { differences: found }: ReadModelComparison,
  only: string | undefined,
): ReadonlyArray<VerifyFinding> =>
  found
    .filter(({ workspaceId }) => only === undefined || workspaceId === only)
    .map(({ projection, workspaceId, lacking, foreign }) =>
      ofReadModels(
        `The read model ${projection} lacks ${rows(lacking)} that the events say, and has ${rows(foreign)} ` +
          'that they do not say so.',
        `Rebuild it with keyturn projections rebuild ${projection}, and find out who wrote to its file.`,
        { workspaceId, projection },
      ),
    );

const OPTIONS: MembersOf<VerifyOptions> = {
  depth: oneOf(['heads', 'whole']),
  onProgress: ANY,
  signal: ANY,
};

interface VerifyParts {
  readonly service: Pick<Service, 'verify'>;
  readonly eventStore: EventStore;
  /** The file of the read models. */
  readonly readModels: string;
  readonly lifecycle: Lifecycle;
}

export const makeVerify = ({ service, eventStore, readModels, lifecycle }: VerifyParts): VerifyDeployment => {
  const compared = async (
    only: string | undefined,
    { onProgress }: VerifyOptions,
    total: number | null,
  ): Promise<Pick<VerifyReport, 'readModels' | 'findings'>> => {
    if (!isThere(readModels)) return { readModels: [], findings: [] };
    const { compareReadModels } = loaded.projections();
    let done = 0;
    const comparison = await compareReadModels({
      file: readModels,
      store: eventStore,
      scratch: dirname(readModels),
      onEvents: (count) => {
        done += count;
        onProgress?.({ step: 'comparing-read-models', done, total });
      },
    })();
    if (!isLeft(comparison))
      return { readModels: comparison.right.compared, findings: differences(comparison.right, only) };
    const { code, message } = keyturnError(comparison.left);
    // Nobody has begun them: there is nothing to compare.
    if (code === 'rebuild-needed') return { readModels: [], findings: [] };
    const next = 'See to what failed, or rebuild the read models, then run keyturn verify again.';
    return {
      readModels: [],
      findings: [
        ofReadModels(`The read models were not compared. ${message}`, next, { kind: 'not-checked' }),
      ],
    };
  };

  return ({ workspaceId, actor }, given = {}) =>
    guarded(() =>
      lifecycle.run(async () => {
        const options = askedFor(given, OPTIONS);
        const { depth = 'whole', onProgress, signal } = options;
        const { findings, ...report } = await settled(
          service.verify(
            { workspaceId: workspaceId ?? null, actor },
            {
              depth,
              ...(onProgress === undefined ? {} : { onProgress }),
              ...(signal === undefined ? {} : { signal }),
            },
          ),
        );
        // What its log lost, or can't show, a list has or lacks by that: restored or accepted, it is made anew.
        const ofLog = new Set(
          findings.flatMap(({ kind, workspaceId: id }) =>
            kind === 'log-damaged' || kind === 'log-behind' || kind === 'witness-differs' ? [id] : [],
          ),
        );
        const lists =
          depth === 'heads'
            ? { readModels: [], findings: [] }
            : await compared(workspaceId, options, workspaceId === undefined ? report.events : null);
        return {
          ...report,
          readModels: lists.readModels,
          findings: [
            ...findings.map((one) => ({ ...one, projection: null })),
            ...lists.findings.filter(
              ({ kind, workspaceId: id }) => kind !== 'read-model-differs' || !ofLog.has(id),
            ),
          ],
        };
      }),
    );
};
