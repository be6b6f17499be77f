import type {
  ProjectionName,
  ProjectionStatus as Projected,
  ReadModels,
  RebuildProgress,
} from '@keyturn/projections';
import type { Lifecycle } from './lifecycle';
import { guarded, settled } from './settle';

export type { ProjectionName, RebuildProgress };

/** How far a read model has come. Positions are opaque. */
export interface ProjectionStatus extends Omit<Projected, 'position' | 'head' | 'lag' | 'rebuild'> {
  /** Everything up to here is projected; null before the first event. */
  readonly position: string | null;
  /** The store's newest event; null for an empty store. */
  readonly head: string | null;
  /** What lies between, in the store's own measure; `0` when nothing does. */
  readonly lag: string;
  /** How far a rebuild has come; null when none is under way. */
  readonly rebuild: { readonly position: string | null } | null;
}

/** This machine's read models. */
export interface Projections {
  readonly status: () => Promise<ReadonlyArray<ProjectionStatus>>;
  /** Builds one anew from the events, beside the old one, and swaps them. One that was cut off is taken up. */
  readonly rebuild: (
    name: ProjectionName,
    options?: { readonly onProgress?: (progress: RebuildProgress) => void },
  ) => Promise<void>;
}

const text = (position: bigint | null): string | null => (position === null ? null : String(position));

export const makeProjections = (
  readModels: () => Promise<ReadModels>,
  { run }: Pick<Lifecycle, 'run'>,
): Projections => ({
  status: () =>
    guarded(() =>
      run(async () => {
        const all = await settled((await readModels()).status);
        return all.map((one) => ({
          ...one,
          position: text(one.position),
          head: text(one.head),
          lag: String(one.lag),
          rebuild: one.rebuild === null ? null : { position: text(one.rebuild.position) },
        }));
      }),
    ),
  rebuild: (name, options = {}) =>
    guarded(() => run(async () => settled((await readModels()).rebuild(name, options)))),
});
