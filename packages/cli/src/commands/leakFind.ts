import type { FindKeysInput, FoundKeys, Keyturn, KnownKey, ReaderContext } from 'keyturn';
import { command } from '../command';
import {
  LIMIT,
  optional,
  readKey,
  readLast4,
  readWorkspace,
  text,
  wholeNumber,
  WORKSPACE,
} from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableTime } from '../output/times';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { refuseUnknownWorkspace } from './knownWorkspace';
import { moreWords } from './paging';

const KEY = '--key <key>';
const LAST4 = '--last4 <ending>';
const USUAL = 50;
const HEADINGS = ['WORKSPACE', 'KEY', 'LAST 4', 'VENDOR', 'LABEL', 'STATE', 'ADDED', 'LAST USED'];

const keyJson = (key: KnownKey): object => ({
  workspaceId: key.workspaceId,
  keyId: key.keyId,
  last4: key.last4,
  vendor: key.vendor,
  label: key.label,
  status: key.status,
  isDefault: key.isDefault,
  display: key.display,
  addedAt: isoOf(key.addedAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
  hardDeletedAt: isoOrNull(key.hardDeletedAt),
  destroyedAt: isoOrNull(key.destroyedAt),
  reportedLeakedAt: isoOrNull(key.reportedLeakedAt),
  suspended: key.suspended,
  leakCases: key.leakCases,
});

/** Without the ending, which has a column of its own. */
const stateOf = ({ display }: KnownKey): string => display.replace(/^…\S* · /, '');

const byValue = async (
  { support }: Keyturn,
  session: Session,
  context: ReaderContext,
): Promise<FoundKeys> => {
  const { ask, stdin } = session.io;
  const pasted = await (ask === null
    ? readPaste(stdin)
    : ask('Paste the key to be found (it is not shown): '));
  session.io.doneAsking?.();
  try {
    return await support.find(context, { pasted });
  } finally {
    if (typeof pasted !== 'string') pasted.fill(0);
  }
};

export const leakFind = command({
  details: [
    'Finds the key that somebody writes of: by the key itself on standard input, by its last 4, or by its id; in one',
    'workspace, or in all of them. Destroyed keys are found, too. The key is only recognised: nothing of it is sent,',
    'stored or shown. Many keys may share their last 4.',
  ],
  operands: {},
  flags: {
    workspace: optional(WORKSPACE, 'only in this workspace', readWorkspace),
    last4: optional(LAST4, 'keys that end so', readLast4),
    key: optional(KEY, 'the key with this whole id', readKey(KEY)),
    limit: optional(LIMIT, 'at most so many that end so (50)', wholeNumber(LIMIT, 1, 1_000)),
    after: optional('--after <cursor>', 'go on where the page that gave this cursor ended', text('--after')),
  },
  examples: [
    'keyturn leak find < suspected-key.txt',
    'keyturn leak find --workspace acme --last4 AbCd',
    'keyturn leak find --key 6f0c3a1e-8f2b-4a55-9b0e-3f1f6f0a2c11',
  ],
  run: async (session, { workspace, last4, key, limit, after }) => {
    if (last4 !== undefined && key !== undefined)
      throw new UsageError('--last4 and --key: take one of them.');
    if (last4 === undefined && (limit !== undefined || after !== undefined)) {
      throw new UsageError('--limit and --after go with --last4: other ways find few keys.');
    }
    const input: FindKeysInput | null =
      last4 !== undefined
        ? { last4, limit: limit ?? USUAL, ...(after === undefined ? {} : { cursor: after }) }
        : key === undefined
          ? null
          : { keyId: key };
    // Opened before a key is asked for: on a terminal the passphrase is asked for first.
    const keyturn = await session.keyturn({ asksNext: input === null });
    const context = workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace);
    const { keys, log, next, more } =
      input === null ? await byValue(keyturn, session, context) : await keyturn.support.find(context, input);
    if (keys.length === 0) await refuseUnknownWorkspace(keyturn, context);
    const ids = shortIds(keys.map(({ keyId }) => keyId));
    return {
      json: { keys: keys.map(keyJson), next, more, log: logJson(log) },
      lines:
        keys.length === 0
          ? ['No such key is or was on file.']
          : table(
              HEADINGS,
              keys.map((found) => [
                found.workspaceId,
                ids(found.keyId),
                `…${found.last4}`,
                found.vendor,
                found.label ?? '',
                stateOf(found),
                readableTime(found.addedAt),
                found.lastUsedAt === null ? 'never' : readableTime(found.lastUsedAt),
              ]),
            ),
      hints: logWords(log),
      below: moreWords({ next, more }),
    };
  },
});
