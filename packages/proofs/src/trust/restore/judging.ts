import { isKeyturnError, type Keyturn } from 'keyturn';
import type { BehindTheDoor } from '../faulty/behindTheDoor';
import { bringBack, GRACE, openPutBack, orSuccessor, owner, support, type Brought } from './bringing';
import type { Deployed } from './deployed';
import { expectedOf, pasteOf, without, type Copy, type Expected, type Story } from './expected';

export interface Counts {
  pairs: number;
  accepted: number;
  released: number;
  refused: number;
  pastedAgain: number;
  /** Hard deletes and leaks that neither log nor vault knew of. */
  unknownDeaths: number;
}

interface Judging {
  readonly keyturn: Keyturn;
  readonly story: Story;
  readonly counts: Counts;
}

/** Looks at one workspace of a pair, and gives what is wrong. */
type Look = (judging: Judging, expected: Expected) => Promise<ReadonlyArray<string>>;

/** What a run is given of a key; or what it is refused with. */
const given = async (
  { runs }: Keyturn,
  workspaceId: string,
  input: Parameters<Keyturn['runs']['use']>[1],
): Promise<{ readonly secret: string } | { readonly refused: string }> => {
  try {
    return { secret: await runs.use(owner(workspaceId), input, ({ secret }) => secret.reveal()) };
  } catch (error) {
    if (!isKeyturnError(error)) throw error;
    return { refused: error.code };
  }
};

let runs = 0;
const newRun = (): string => `after-${(runs += 1)}`;

const statuses = async ({ keys }: Keyturn, workspaceId: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await keys.list(owner(workspaceId))).map(({ keyId, status }) => [keyId, status]));

/** Nothing that was destroyed is back: it is not listed, and where the vault that was put back has it, not released. */
const notBack =
  (keyIds: Iterable<string>): Look =>
  async ({ keyturn, counts }, { workspaceId, vault }) => {
    const listed = await statuses(keyturn, workspaceId);
    const wrong: string[] = [];
    for (const keyId of keyIds) {
      if (listed.has(keyId)) wrong.push(`key ${keyId} was hard-deleted, and is listed`);
      if (!vault.rows.has(keyId)) continue;
      const answer = await given(keyturn, workspaceId, { runId: newRun(), choice: { kind: 'key', keyId } });
      if ('secret' in answer) wrong.push(`key ${keyId} was hard-deleted, and gives its secret`);
      else counts.refused += 1;
    }
    return wrong;
  };

/** A secret that leaked does not come back on file. */
const banned =
  (keyIds: Iterable<string>): Look =>
  async ({ keyturn, story }, { workspaceId }) => {
    const wrong: string[] = [];
    for (const keyId of keyIds) {
      const { vendor, secret } = pasteOf(story, workspaceId, keyId);
      const refused = await orSuccessor(() =>
        keyturn.keys.add(owner(workspaceId), { vendor, pasted: secret }),
      );
      if (refused !== 'fingerprint-leaked')
        wrong.push(`the secret of key ${keyId} leaked, and adding it came to ${refused ?? 'a key on file'}`);
    }
    return wrong;
  };

/** Every key that is on file, and whose secret the vault has, gives the very secret that was pasted. */
const released =
  (keyIds: Iterable<string>): Look =>
  async ({ keyturn, story, counts }, { workspaceId, log }) => {
    const listed = await statuses(keyturn, workspaceId);
    const wrong: string[] = [];
    for (const keyId of keyIds) {
      const status = listed.get(keyId) ?? 'not listed';
      const held = [...log.openRuns].find(([, key]) => key === keyId)?.[0];
      const answer = await given(
        keyturn,
        workspaceId,
        status === 'retired' && held !== undefined
          ? { runId: held, run: 'open' }
          : { runId: newRun(), choice: { kind: 'key', keyId } },
      );
      if ('refused' in answer)
        wrong.push(`key ${keyId} is on file (${status}), and comes to ${answer.refused}`);
      else if (answer.secret !== pasteOf(story, workspaceId, keyId).secret)
        wrong.push(`key ${keyId} gives another secret`);
      else counts.released += 1;
    }
    return wrong;
  };

/** Step 8 of the document: deaths since the backup are repeated, from a list that no restore reached. */
const repeated: Look = async ({ keyturn, story, counts }, { workspaceId, unknownDeaths }) => {
  const wrong: string[] = [];
  const leaked = story.end.get(workspaceId)?.leaked ?? new Set();
  for (const keyId of unknownDeaths) {
    counts.unknownDeaths += 1;
    const reason = leaked.has(keyId) ? 'leak' : 'other';
    const refused = await orSuccessor((more) =>
      keyturn.keys.hardDelete(support(workspaceId), { keyId, caseId: 'C-9', reason, ...more }),
    );
    if (refused !== null && refused !== 'key-not-on-file')
      wrong.push(`the hard delete of key ${keyId}, repeated, came to ${refused}`);
    if (refused !== null && leaked.has(keyId))
      await keyturn.support.report(support(workspaceId), { keyId, caseId: 'C-9' });
  }
  return wrong;
};

/** A key on file without its secret goes, and its secret is pasted again. */
const pastedAgain =
  (keyIds: Iterable<string>, bannedKeys: Iterable<string>): Look =>
  async ({ keyturn, story, counts }, { workspaceId }) => {
    const wrong: string[] = [];
    const secrets = new Set([...bannedKeys].map((keyId) => pasteOf(story, workspaceId, keyId).secret));
    for (const keyId of keyIds) {
      const { vendor, secret } = pasteOf(story, workspaceId, keyId);
      const refused = await orSuccessor((more) =>
        keyturn.keys.hardDelete(support(workspaceId), { keyId, caseId: 'C-8', reason: 'other', ...more }),
      );
      if (refused !== null) wrong.push(`key ${keyId} has no secret, and deleting it came to ${refused}`);
      if (refused !== null || secrets.has(secret)) continue;
      const added = await orSuccessor(() => keyturn.keys.add(owner(workspaceId), { vendor, pasted: secret }));
      if (added === null) counts.pastedAgain += 1;
      else wrong.push(`key ${keyId} has no secret, and pasting it again came to ${added}`);
    }
    return wrong;
  };

/** The audit log says what was lost, and who accepted it; and nothing of a loss where there was none. */
const told =
  ({ accepted }: Brought): Look =>
  async ({ keyturn }, { workspaceId, isLoss, log, lost }) => {
    const wrong: string[] = [];
    const { entries } = await keyturn.audit.page(support(workspaceId), { action: 'LogRestored' });
    const [entry, ...others] = entries.filter(({ revision }) => revision > log.head);
    if (accepted.has(workspaceId) !== isLoss)
      wrong.push(
        isLoss ? 'something was lost, and nobody was asked' : 'nothing was lost, and a loss was accepted',
      );
    if (entry === undefined || others.length > 0) {
      const count = entries.length;
      return accepted.has(workspaceId)
        ? [...wrong, `the audit log tells of ${count} losses, and of one was due`]
        : wrong;
    }
    if (entry.actorId !== GRACE.id) wrong.push(`the audit log says that ${entry.actorId} accepted the loss`);
    if (!entry.sentence.includes(`what followed revision ${log.head}, up to`))
      wrong.push('the audit log does not say where the loss begins');
    const keys = `${lost.size} ${lost.size === 1 ? 'key is' : 'keys are'} lost`;
    return entry.sentence.includes(keys) ? wrong : [...wrong, `the audit log does not say that ${keys}`];
  };

/** Whoever comes next is served. */
const served =
  (deployed: Deployed): Look =>
  async ({ keyturn }, { workspaceId }) => {
    const secret = deployed.sandbox.issueKey('anthropic');
    const { key } = await keyturn.keys.add(owner(workspaceId), { vendor: 'anthropic', pasted: secret });
    const { keyId } = key;
    await keyturn.keys.setDefault(owner(workspaceId), { keyId });
    const answer = await given(keyturn, workspaceId, { runId: newRun() });
    return 'secret' in answer && answer.secret === secret ? [] : ['a new key does not serve'];
  };

/** What is put together. */
export interface Pair {
  readonly events: Copy;
  readonly vault: Copy;
  /** A file of read models that have seen all that was played; null where they are built anew. */
  readonly readModels: string | null;
  /** What stands behind the door afterwards. */
  readonly behind: BehindTheDoor;
}

/** Brings two copies, put together, to full service by the documented acts alone, and gives what is wrong then. */
export const judgePair = async (
  deployed: Deployed,
  story: Story,
  { events, vault, readModels, behind }: Pair,
  counts: Counts,
): Promise<ReadonlyArray<string>> => {
  const putBack = await deployed.putBack(events.name, vault.name, readModels);
  const wrong: string[] = [];
  const expected = story.workspaces.map((workspaceId) => expectedOf(story, workspaceId, events, vault));
  const deaths = new Map(expected.map((one) => [one.workspaceId, one.unknownDeaths]));
  const gone = ({ workspaceId, gone: known }: Expected) => [...known, ...(deaths.get(workspaceId) ?? [])];
  const leaked = ({ workspaceId, leaked: known, unknownDeaths }: Expected) => {
    const inTheEnd = story.end.get(workspaceId)?.leaked;
    return [...known, ...[...unknownDeaths].filter((keyId) => inTheEnd?.has(keyId) === true)];
  };
  try {
    const keyturn = await openPutBack(putBack, deployed, behind);
    const judging = { keyturn, story, counts };
    const look = async (look: (one: Expected) => Look): Promise<void> => {
      for (const one of expected) {
        const said = await look(one)(judging, one).catch((error: unknown) => {
          if (!isKeyturnError(error)) throw error;
          return [`it came to ${error.code}: ${error.message}`];
        });
        wrong.push(...said.map((what) => `workspace ${one.workspaceId}: ${what}`));
      }
    };
    try {
      const brought = await bringBack(keyturn);
      wrong.push(...brought.wrong);
      counts.accepted += brought.accepted.size;
      await look(() => told(brought));
      await look((one) => notBack(one.gone));
      await look(() => repeated);
      const alive = (one: Expected) => without(one.onFile, new Set(gone(one)));
      const lacking = (one: Expected) => without(alive(one), one.vault.openable);
      await look((one) => pastedAgain(lacking(one), leaked(one)));
      for (const graceMs of [0, 0]) {
        const swept = await keyturn.housekeeping.sweep({ actor: GRACE, graceMs });
        for (const { workspaceId, kind, code, reason } of swept.pending) {
          // Where nothing was accepted, the log has to be as long again first: docs/decisions/0061.
          if (kind === 'orphan' && code === 'event-store-behind' && brought.accepted.size === 0) continue;
          wrong.push(`workspace ${workspaceId}: past its grace a sweep left ${kind} (${code}): ${reason}`);
        }
      }
      await look((one) => released(without(alive(one), lacking(one))));
      await look((one) => notBack(gone(one)));
      await look((one) => banned(leaked(one)));
      await look(() => served(deployed));
      for (const { kind, workspaceId, keyId, what } of (await keyturn.verify({ actor: GRACE })).findings)
        wrong.push(`workspace ${workspaceId ?? 'none'}, key ${keyId ?? 'none'}: in the end ${kind}: ${what}`);
    } finally {
      await keyturn.close({ drainMs: 0 });
    }
    const rows = await putBack.vault();
    for (const one of expected)
      for (const keyId of gone(one))
        if (rows.get(one.workspaceId)?.rows.has(keyId) === true)
          wrong.push(`workspace ${one.workspaceId}: key ${keyId} was hard-deleted, and its row is there`);
    counts.pairs += 1;
    return wrong.map((what) => `events of copy ${events.name}, vault of copy ${vault.name}: ${what}`);
  } finally {
    await putBack.close();
  }
};
