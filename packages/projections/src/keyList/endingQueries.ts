import type { Catalogue } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Checkpoints } from '../database/checkpoints';
import type { ProjectionFault } from '../faults';
import { identities } from '../runtime/projector';
import {
  type AfterKey,
  type EndingIn,
  type EndingInPage,
  type EndingInPageOptions,
  fingerprintsEndingIn,
  type KeyFingerprint,
  keysEndingIn,
} from './keysEndingIn';

type Answer<A> = TaskEither<ProjectionFault, A>;

/** What is asked by the last 4 characters of a key, of one workspace or of all. Hard-deleted keys are found, too. */
export interface EndingQueries {
  /** Keys that end so, by workspace and id. */
  readonly keysEndingIn: (ending: EndingIn, page: EndingInPageOptions) => Answer<EndingInPage>;
  /**
   * The same with what their secrets are recognised by, at most `limit` behind a key; null while rows of an older
   * release, which have none of this, are rebuilt.
   */
  readonly fingerprintsEndingIn: (
    ending: EndingIn,
    after: AfterKey | null,
    limit: number,
  ) => Answer<ReadonlyArray<KeyFingerprint> | null>;
}

export const endingQueries = (
  answering: <A>(workspaceId: string | undefined, query: () => A) => Answer<A>,
  reader: SqliteConnection,
  words: Catalogue,
  checkpoints: Pick<Checkpoints, 'live'>,
): EndingQueries => ({
  keysEndingIn: (ending, page) =>
    answering(ending.workspaceId, () => keysEndingIn(reader, words, ending, page)),
  fingerprintsEndingIn: (ending, after, limit) =>
    answering(ending.workspaceId, () => {
      const { name, version } = identities['key-list'];
      const live = checkpoints.live(name);
      return live?.version === version
        ? fingerprintsEndingIn(reader, live.generation, ending, after, limit)
        : null;
    }),
});
