import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { thatDoesNotShred, type FaultyVault } from '../faulty/vaults';

/** Where a faulty part stands: while commands run, or behind the door after a restore. */
export interface Sabotage {
  readonly before?: FaultyVault;
  readonly after?: FaultyVault;
}

/** What the check must find out. */
export interface FaultyParts {
  readonly name: string;
  readonly sabotage: Sabotage;
  readonly seen: RegExp;
}

const thatRemembersNoRemovals: FaultyVault = (vault) => ({
  ...vault,
  keepRemovals: () => TE.right(undefined),
});

const thatKeepsNoHead: FaultyVault = (vault) => ({
  ...vault,
  keepWitnesses: (heads) => TE.right(heads.map((head) => E.right(head))),
  shredTogether: (groups) =>
    vault.shredTogether(groups.map(({ workspaceId, keyIds }) => ({ workspaceId, keyIds }))),
});

const thatTellsNoHead: FaultyVault = (vault) => ({
  ...vault,
  witnessOf: () => TE.right({ revision: -1, chain: new Uint8Array(32) }),
});

/** Whoever accepts a loss by it repeats no hard delete, and bans no secret. */
const thatTellsNoRemovals: FaultyVault = (vault) => ({ ...vault, removalsOf: () => TE.right([]) });

/** A shred of one row takes all rows of its workspace. */
const thatShredsAWorkspace: FaultyVault = (vault: Vault) => ({
  ...vault,
  shredTogether: (groups) => async () => {
    const wider = [];
    for (const group of groups) {
      const rows = await vault.rowsOf(group.workspaceId)();
      wider.push(E.isLeft(rows) ? group : { ...group, keyIds: rows.right.map(({ keyId }) => keyId) });
    }
    return vault.shredTogether(wider)();
  },
});

export const FAULTY_PARTS: ReadonlyArray<FaultyParts> = [
  {
    name: 'a vault that remembers no hard delete and no leak',
    sabotage: { before: thatRemembersNoRemovals },
    seen: /the vault does not know of the (hard delete|leak) of key .* confirmed before/,
  },
  {
    name: 'a vault that keeps no head',
    sabotage: { before: thatKeepsNoHead },
    seen: /the vault knows of no more than revision .* confirmed before/,
  },
  {
    name: 'an acceptance that repeats no hard delete',
    sabotage: { after: thatTellsNoRemovals },
    seen: /was hard-deleted, and (is listed|gives its secret)/,
  },
  {
    name: 'a vault that knows of no head after a restore',
    sabotage: { after: thatTellsNoHead },
    seen: /something was lost, and nobody was asked/,
  },
  {
    name: 'a sweep that destroys on file what it finds beside',
    sabotage: { after: thatShredsAWorkspace },
    seen: /is on file .* comes to missing-secret/,
  },
  {
    name: 'a sweep after a restore that does not shred',
    sabotage: { after: thatDoesNotShred },
    seen: /(was hard-deleted, and its row is there|undestroyed-secret)/,
  },
];
