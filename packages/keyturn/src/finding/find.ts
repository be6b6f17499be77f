import { invalidInput } from '@keyturn/domain';
import type { KnownKey as ProjectedKey, LogStanding, ReadModels } from '@keyturn/projections';
import type { SecretFingerprints } from '@keyturn/vault';
import { READS, USUAL_PAGE, type Asked } from '../asking';
import { readOnce, type QueryOptions, type ReaderContext } from '../context';
import { refusalError } from '../errors';
import type { KnownKey } from '../knownKeys';
import { ANY, LAST4, NUMBER, TEXT, type MembersOf } from '../members';
import { settled } from '../settle';
import { pastedSecret } from './pastedSecret';
import { recognised } from './recognised';

/** By what a key is looked for: exactly one of these. */
export type FindKeysInput =
  /** The key itself, as it was sent. Bytes stay yours to wipe; what is made of them here is wiped. */
  | { readonly pasted: string | Uint8Array }
  /** Its last 4 characters: many keys may share them. */
  | { readonly last4: string; readonly limit?: number; readonly cursor?: string }
  /** Its whole id. */
  | { readonly keyId: string };

export interface FoundKeys {
  /** What vouches for it; of all workspaces also which of them stand. */
  readonly log: LogStanding;
  /** By workspace and id, in whatever state they are: destroyed ones, too. */
  readonly keys: ReadonlyArray<KnownKey>;
  /** Where a page of keys with the same ending ended; null where there is no other page to ask for. */
  readonly next: string | null;
  readonly more: boolean;
}

export type FindKeys = (
  ctx: ReaderContext,
  input: FindKeysInput,
  options?: QueryOptions,
) => Promise<FoundKeys>;

interface FindParts {
  readonly asked: Asked;
  readonly vault: SecretFingerprints;
  readonly telling: (keys: ReadonlyArray<ProjectedKey>) => Promise<ReadonlyArray<KnownKey>>;
}

interface GivenFind {
  readonly pasted?: string | Uint8Array;
  readonly last4?: string;
  readonly keyId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const FIND: MembersOf<GivenFind> = {
  pasted: ANY,
  last4: LAST4,
  keyId: TEXT,
  limit: NUMBER,
  cursor: TEXT,
};

type Page = Omit<FoundKeys, 'log' | 'keys'> & { readonly keys: ReadonlyArray<ProjectedKey> };

const whole = (keys: ReadonlyArray<ProjectedKey>): Page => ({ keys, next: null, more: false });

const exactly = async (
  models: Pick<ReadModels, 'findKeys'>,
  places: ReadonlyArray<{ readonly workspaceId: string; readonly keyId: string }>,
): Promise<ReadonlyArray<ProjectedKey>> => {
  const keys: ProjectedKey[] = [];
  for (const { workspaceId, keyId } of places) {
    const found = await settled(models.findKeys(workspaceId, keyId));
    keys.push(...found.filter((key) => key.keyId === keyId));
  }
  return keys;
};

export const makeFindKeys = ({ asked, vault, telling }: FindParts): FindKeys => {
  const byValue = async (
    models: ReadModels,
    pasted: string | Uint8Array,
    workspaceId: string | undefined,
  ): Promise<Page> => {
    const secret = pastedSecret(pasted);
    try {
      return whole(await exactly(models, await recognised(models, vault, secret, workspaceId)));
    } finally {
      secret.wipe();
    }
  };

  const byEnding = async (
    models: ReadModels,
    { last4, limit = USUAL_PAGE, cursor }: Extract<FindKeysInput, { readonly last4: string }>,
    workspaceId: string | undefined,
  ): Promise<Page> =>
    settled(
      models.keysEndingIn(
        { last4, ...(workspaceId === undefined ? {} : { workspaceId }) },
        { limit, ...(cursor === undefined ? {} : { after: cursor }) },
      ),
    );

  const byId = async (models: ReadModels, keyId: string, workspaceId: string | undefined): Promise<Page> => {
    if (workspaceId !== undefined) return whole(await exactly(models, [{ workspaceId, keyId }]));
    const page = await settled(
      models.auditPage({ keyId, action: 'KeyAdded' }, { order: 'newest-first', limit: 10 }),
    );
    return whole(
      await exactly(
        models,
        page.entries.map(({ workspaceId: at }) => ({ workspaceId: at, keyId })),
      ),
    );
  };

  const found = (models: ReadModels, given: GivenFind, workspaceId: string | undefined): Promise<Page> => {
    const { pasted, last4, keyId } = given;
    if ([pasted, last4, keyId].filter((one) => one !== undefined).length === 1) {
      if (typeof last4 === 'string') return byEnding(models, { ...given, last4 }, workspaceId);
      if (typeof keyId === 'string') return byId(models, keyId, workspaceId);
      if (pasted !== undefined) return byValue(models, pasted, workspaceId);
    }
    throw refusalError(invalidInput('input', 'one of pasted, last4 and keyId'));
  };

  return async (ctx, input, options = {}) => {
    // Who is asked about is who is looked in, and what is looked for is read once.
    const { workspaceId } = ctx;
    const given = readOnce<GivenFind>('input', input, FIND);
    const place = workspaceId === undefined ? {} : { workspaceId };
    return asked(
      { actor: ctx.actor, ...place },
      'FindKeys',
      { keyId: given.keyId },
      options,
      async (models) => {
        const log = await settled(models.logOf(READS.FindKeys, workspaceId));
        const page = await found(models, given, workspaceId);
        return { log, ...page, keys: await telling(page.keys) };
      },
    );
  };
};
