import {
  NOTHING_KEPT,
  NOTHING_LOGGED,
  type LogFacts,
  type LogOf,
  type VaultFacts,
  type VaultOf,
} from './facts';
import type { Played } from './playing';

/** A copy, and what lies in it. */
export interface Copy {
  readonly name: string;
  readonly log: LogOf;
  readonly vault: VaultOf;
}

/** What was played, and what its log said in the end. */
export interface Story extends Played {
  readonly end: LogOf;
}

/** What a pair of copies has to come to in one workspace. */
export interface Expected {
  readonly workspaceId: string;
  readonly log: LogFacts;
  readonly vault: VaultFacts;
  /** Hard-deleted, as log or vault know. */
  readonly gone: ReadonlySet<string>;
  readonly onFile: ReadonlySet<string>;
  /** Keys whose secret leaked, as log or vault know. */
  readonly leaked: ReadonlySet<string>;
  /** Keys that the vault knows to have been named, and that the log does not have. */
  readonly lost: ReadonlySet<string>;
  /** The log lacks something that the vault knows of. */
  readonly isLoss: boolean;
  /** On file here, and hard-deleted or leaked later: nobody can know of it but by a list of their own. */
  readonly unknownDeaths: ReadonlySet<string>;
}

export const without = (
  set: Iterable<string>,
  ...less: ReadonlyArray<ReadonlySet<string>>
): ReadonlySet<string> => new Set([...set].filter((one) => !less.some((other) => other.has(one))));

const union = (...sets: ReadonlyArray<ReadonlySet<string>>): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set]));

/** What was pasted as this key. */
export const pasteOf = ({ secrets, end }: Story, workspaceId: string, keyId: string) => {
  const label = end.get(workspaceId)?.added.get(keyId);
  const paste = label === undefined ? undefined : secrets.get(label);
  if (paste === undefined) throw new Error(`Nobody pasted key ${keyId}.`);
  return paste;
};

export const expectedOf = (
  story: Story,
  workspaceId: string,
  { log: logs }: Copy,
  { vault: vaults }: Copy,
): Expected => {
  const log = logs.get(workspaceId) ?? NOTHING_LOGGED;
  const vault = vaults.get(workspaceId) ?? NOTHING_KEPT;
  const end = story.end.get(workspaceId) ?? NOTHING_LOGGED;
  const gone = union(log.hardDeleted, vault.hardDeleted);
  const leaked = union(log.leaked, vault.leaked);
  const named = [...vault.rows].filter(([, row]) => row.named).map(([keyId]) => keyId);
  const lost = without(named, new Set(log.added.keys()), log.burned);
  const secretsOf = (keyIds: Iterable<string>) =>
    new Set([...keyIds].map((keyId) => pasteOf(story, workspaceId, keyId).secret));
  const isForgotten = [...without(vault.hardDeleted, log.hardDeleted)].some((keyId) => log.added.has(keyId));
  const isUnbanned = without(secretsOf(vault.leaked), secretsOf(log.leaked)).size > 0;
  return {
    workspaceId,
    log,
    vault,
    gone,
    onFile: without(log.added.keys(), gone),
    leaked,
    lost,
    isLoss: (vault.witness ?? -1) > log.head || lost.size > 0 || isForgotten || isUnbanned,
    unknownDeaths: new Set(
      [...without(end.hardDeleted, gone), ...without(end.leaked, leaked)].filter((keyId) =>
        log.added.has(keyId),
      ),
    ),
  };
};
