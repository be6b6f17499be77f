import { rotationDue } from '@keyturn/domain';
import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import type { ReadModels } from '../readModels';
import { someHistory, type Appended } from '../testSupport/histories';
import { left, right, withOnDisk } from '../testSupport/onDisk';
import { keysDueSql, type KeysDueOptions } from './keysDue';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The history in which keys are added a few minutes apart, and what its last keyrings say is due. */
const dueByKeyrings = (
  history: ReadonlyArray<Appended>,
  rotateAfterMs: number,
  until: number,
): ReadonlyArray<string> => {
  const newest = new Map(history.map(({ workspaceId, keyring }) => [workspaceId, keyring]));
  return [...newest]
    .flatMap(([workspaceId, { keys }]) =>
      [...keys.values()].flatMap((key) => {
        const due = rotationDue(key, rotateAfterMs / DAY);
        return due === null || due.rotateBy > until ? [] : [{ ...due, workspaceId, keyId: key.keyId }];
      }),
    )
    .sort(
      (a, b) =>
        a.rotateBy - b.rotateBy || (`${a.workspaceId}\0${a.keyId}` < `${b.workspaceId}\0${b.keyId}` ? -1 : 1),
    )
    .map(({ workspaceId, keyId }) => `${workspaceId} ${keyId}`);
};

const allPages = async (
  models: ReadModels,
  options: Omit<KeysDueOptions, 'limit' | 'after'>,
  limit: number,
): Promise<ReadonlyArray<string>> => {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const from: { readonly after?: string } = after === null ? {} : { after };
    const page = await right(models.keysDue({ ...options, limit, ...from }));
    seen.push(...page.keys.map(({ workspaceId, keyId }) => `${workspaceId} ${keyId}`));
    if (!page.more) return seen;
    expect(page.keys).toHaveLength(limit);
    after = page.next;
  }
};

test('keys are due by their age or their expiry, over all workspaces, page by page', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    const history = someHistory(400, 5);
    await append(history);
    await right(models.catchUp);
    const first = history[0]?.events[0]?.envelope.time ?? 0;
    const rotateAfterMs = 90 * MINUTE;
    let most = 0;
    for (const minutes of [0, 30, 90, 120, 400, 900]) {
      const until = first + minutes * MINUTE;
      const expected = dueByKeyrings(history, rotateAfterMs, until);
      most = Math.max(most, expected.length);
      for (const limit of [1, 3, 1_000]) {
        expect(await allPages(models, { rotateAfterMs, until }, limit)).toEqual(expected);
      }
      expect(await allPages(models, { workspaceId: 'ws-1', rotateAfterMs, until }, 2)).toEqual(
        expected.filter((key) => key.startsWith('ws-1 ')),
      );
    }
    expect(most).toBeGreaterThan(5);
  });
});

test('what is due is found by its indexes, whatever else there is', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(someHistory(200, 5));
    await right(models.catchUp);
    const database = openSqlite(file);
    const plan = database
      .prepare<[], { readonly detail: string }>(
        `explain query plan ${keysDueSql({ ofWorkspace: false, paged: true })}`.replaceAll('?', '1'),
      )
      .all()
      .map(({ detail }) => detail)
      .join('\n');
    database.close();
    expect(plan).toMatch(/key_list_by_age/);
    expect(plan).toMatch(/key_list_by_expiry/);
  });
});

test.each([
  '',
  'x',
  Buffer.from('runs1:1').toString('base64url'),
  Buffer.from('due1:1:a').toString('base64url'),
])('a cursor of something else is refused: %j', async (after) => {
  await withOnDisk(async ({ open }) => {
    const models = await open();
    expect(await left(models.keysDue({ rotateAfterMs: 1, until: 1, limit: 1, after }))).toMatchObject({
      code: 'invalid-query',
    });
  });
});
