import type { AnyOf, ProjectionName, ReadModels } from '@keyturn/projections';
import type { permittedQuery, QueryAction } from '@keyturn/service';
import { askedFor } from './askedFor';
import { TEXT_OR_NONE } from './members';
import type { AuditContext, QueryOptions } from './context';
import { faultError } from './errors';
import type { Lifecycle } from './lifecycle';
import type { OwnWrites } from './ownWrites';
import { guarded, settled } from './settle';

/** What each query reads, and waits for. */
export const READS = {
  ListKeys: 'key-list',
  ListKeysDue: 'key-list',
  FindKeys: 'key-list',
  ListRuns: 'run-usage',
  ListWorkspaces: 'key-list',
  ReadAudit: 'audit-log',
} as const satisfies Partial<Readonly<Record<QueryAction, ProjectionName>>>;

export const USUAL_PAGE = 50;

const positionOf = (text: string): bigint => {
  if (/^\d{1,39}$/.test(text)) return BigInt(text);
  throw faultError(
    'invalid-query',
    'read-models',
    '`after` takes the position of an act, as that act gave it.',
  );
};

/**
 * Each that is named, or none for what was left out: the hook is asked about one at a time.
 *
 * @throws KeyturnFault `invalid-query` for an empty list: the hook would be asked about nothing
 */
const each = (name: string, named: AnyOf<string> | undefined): ReadonlyArray<string | undefined> => {
  if (typeof named !== 'object') return [named];
  if (named.length > 0) return named;
  throw faultError(
    'invalid-query',
    'read-models',
    `\`${name}\` is an empty list: leave it out, or name one.`,
  );
};

/** For a hint: the read models are not brought up to date for it. */
export const AS_THEY_STAND = 'as-they-stand';

/** Answers under `authorize`, from read models that have what was written. */
export type Asked = <A>(
  ctx: AuditContext,
  action: keyof typeof READS,
  target: { readonly keyId?: AnyOf<string> | undefined; readonly runId?: string | undefined },
  options: QueryOptions | typeof AS_THEY_STAND,
  answer: (models: ReadModels) => Promise<A>,
) => Promise<A>;

/** What answering needs. */
export interface AskingParts {
  readonly readModels: () => Promise<ReadModels>;
  readonly mayRead: ReturnType<typeof permittedQuery>;
  readonly lifecycle: Lifecycle;
  readonly ownWrites: OwnWrites;
  /** Called with the read models before each answer, to bring them to the store's head where nobody else projects. */
  readonly catchUp: (readModels: ReadModels) => Promise<void>;
}

/** Asks the hook about each workspace, and each key, that is named. */
export const askingFirst =
  (mayRead: AskingParts['mayRead']) =>
  async (
    { workspaceId, actor }: AuditContext,
    action: QueryAction,
    { keyId, runId }: { readonly keyId?: AnyOf<string> | undefined; readonly runId?: string | undefined },
  ): Promise<void> => {
    for (const workspace of each('workspaceId', workspaceId)) {
      for (const key of each('keyId', keyId)) {
        const target = { keyId: key, runId };
        await settled(mayRead({ workspaceId: workspace ?? null, actor }, action, target));
      }
    }
  };

export const makeAsked = (parts: AskingParts): Asked => {
  const { readModels, mayRead, lifecycle, ownWrites, catchUp } = parts;
  const askFirst = askingFirst(mayRead);

  /** An upgrade rebuilds for as long as there is history: nobody waits for that, and the old rows answer. */
  const written = async (
    models: ReadModels,
    projection: ProjectionName,
    after: string | null,
  ): Promise<void> => {
    const awaited = [await ownWrites.furthest(), after === null ? null : positionOf(after)];
    for (const position of awaited) {
      if (position === null) continue;
      await settled(models.waitFor(position, { projections: [projection], skipRebuilding: true }));
    }
  };

  return (context, action, target, options, answer) =>
    guarded(() =>
      lifecycle.run(async () => {
        const awaited = options === AS_THEY_STAND ? null : askedFor(options, { after: TEXT_OR_NONE });
        await askFirst(context, action, target);
        const models = await readModels();
        if (awaited !== null) {
          await catchUp(models);
          await written(models, READS[action], awaited.after ?? null);
        }
        return answer(models);
      }),
    );
};
