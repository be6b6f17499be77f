import type { Connections } from './connection';
import { emptyLog, rewrite } from './erase';
import { type Searched, searchFiles } from './search';
import { type SealedTable, sealedTables } from './sealedTables';
import { zeroFreeSpace } from './zeroFreeSpace';

/** How deleted rows were taken out of the files. */
const ZEROED = { how: 'what pages had free zeroed', check: 'free bytes zeroed (secure_delete)' };
const REWRITTEN = { how: 'files rewritten', check: 'VACUUM' };

/** What was done, and what a search for the values found afterwards. */
export interface Erased extends Searched {
  readonly how: string;
  readonly check: string;
}

/** After as many searches that found something the files are written anew. */
const SEARCHES = 3;
const ATTEMPTS = 8;

const all = async (
  tables: ReadonlyArray<SealedTable>,
  act: (db: SealedTable['db']) => Promise<boolean>,
): Promise<boolean> => {
  for (const { db } of tables) if (!(await act(db))) return false;
  return true;
};

/** Some pages after the other; other processes may write between. False while the log can't be emptied. */
const zeroPages = async (at: SealedTable, pages: ReadonlyArray<number>): Promise<boolean> => {
  let [left, failed] = [pages, 0];
  while (left.length > 0 && failed < ATTEMPTS) {
    const zeroed = zeroFreeSpace(at, left);
    failed = zeroed === 0 ? failed + 1 : 0;
    left = left.slice(zeroed);
    if (!(await emptyLog(at.db))) return false;
  }
  return left.length === 0;
};

/**
 * Takes what was deleted out of both files, and looks for these values there, by their samples. SQLite has zeroed
 * deleted rows where they stood. What is left of them is copies where rows were moved between pages: those pages are
 * found by reading the files, and no others are touched. Others go on meanwhile. Null while another process reads an
 * older state of the vault.
 *
 * Without `allKnown` rows are gone that another process deleted, or another program, which may have zeroed nothing, and
 * no search would find their values: the files are written anew.
 */
export const eraseDeleted = async (
  connections: Connections,
  values: ReadonlyArray<ReadonlyArray<Buffer>>,
  allKnown: boolean,
): Promise<Erased | null> => {
  const tables = sealedTables(connections);
  const search = (): Promise<Searched> =>
    searchFiles(
      tables.map(({ db }) => db),
      values,
    );
  if (!(await all(tables, emptyLog))) return null;
  for (let searches = 1; allKnown && searches <= SEARCHES; searches += 1) {
    const searched = await search();
    for (const [place, at] of tables.entries()) {
      if (!(await zeroPages(at, searched.withRemnants[place] ?? []))) return null;
    }
    if (searched.found.size === 0) return { ...searched, ...ZEROED };
  }
  return (await all(tables, rewrite)) ? { ...(await search()), ...REWRITTEN } : null;
};
