import type { KeysDuePage, KeyturnReader, KnownKey, ReaderContext } from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_DUE } from '../exitStatus';
import { optional, readWorkspace, toggle, wholeNumber, WORKSPACE } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { readableOrNever, readableTime } from '../output/times';
import { knownKeyJson, rotateByWords } from './knownKeyWords';
import { refuseUnknownWorkspace } from './knownWorkspace';

const WITHIN = '--within <days>';
const MOST_DAYS = 36_500;
const LARGEST_PAGE = 1_000;

const HEADINGS = [
  'ROTATE BY',
  'BECAUSE',
  'WORKSPACE',
  'KEY',
  'DISPLAY',
  'VENDOR',
  'LABEL',
  'ADDED',
  'LAST USED',
];

/** All of them, however many there are. */
const allDue = async (
  { keys }: KeyturnReader,
  context: ReaderContext,
  withinDays: number,
): Promise<Pick<KeysDuePage, 'keys' | 'rotateAfterDays' | 'log'>> => {
  const first = await keys.due(context, { withinDays, limit: LARGEST_PAGE });
  const due: KnownKey[] = [...first.keys];
  for (let page = first; page.more && page.next !== null;) {
    page = await keys.due(context, { withinDays, limit: LARGEST_PAGE, cursor: page.next });
    due.push(...page.keys);
  }
  return { ...first, keys: due };
};

export const keysDue = command({
  details: [
    'A key on file is due when it is as old as keys should get (--rotate-after, 90 days), or at its expiry where that',
    'comes first. Nothing is refused to it: add another, set that as Default, then delete this one.',
  ],
  operands: {},
  flags: {
    workspace: optional(WORKSPACE, 'of this workspace alone; all when left out', readWorkspace),
    within: optional(
      WITHIN,
      'also those that come due in so many days (0)',
      wholeNumber(WITHIN, 0, MOST_DAYS),
    ),
    exitCode: toggle('--exit-code', 'exit status 1 when there is one, for scripts'),
  },
  examples: [
    'keyturn keys due',
    'keyturn keys due --workspace acme --within 14',
    'keyturn keys due --exit-code > /dev/null || echo "rotate some keys"',
  ],
  run: async (session, { workspace, within: withinDays = 0, exitCode }) => {
    const reader = await session.reader();
    const context = workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace);
    const { keys, rotateAfterDays, log } = await allDue(reader, context, withinDays);
    if (keys.length === 0) await refuseUnknownWorkspace(reader, context);
    const ids = shortIds(keys.map(({ keyId }) => keyId));
    const when =
      withinDays === 0 ? 'is due' : `comes due within ${withinDays} ${withinDays === 1 ? 'day' : 'days'}`;
    return {
      json: {
        rotateAfterDays,
        withinDays,
        keys: keys.map((key) => ({ workspaceId: key.workspaceId, ...knownKeyJson(key) })),
        log: logJson(log),
      },
      lines:
        keys.length === 0
          ? [`No key ${when}. Keys are due after ${rotateAfterDays} days, or at their expiry.`]
          : table(
              HEADINGS,
              keys.map((key) => [
                rotateByWords(key),
                key.rotateBecause === 'expiry'
                  ? 'expiry'
                  : `${rotateAfterDays} ${rotateAfterDays === 1 ? 'day' : 'days'} old`,
                key.workspaceId,
                ids(key.keyId),
                key.display,
                key.vendor,
                key.label ?? '',
                readableTime(key.addedAt),
                readableOrNever(key.lastUsedAt),
              ]),
            ),
      hints: logWords(log),
      exitStatus: exitCode && keys.length > 0 ? EXIT_DUE : EXIT_DONE,
    };
  },
});
