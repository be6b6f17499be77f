import type { KeyringThen } from 'keyturn';
import { command } from '../command';
import { optional, readKey, workspaceFlag } from '../input/flags';
import { parseInstant } from '../input/instants';
import { shortIds } from '../output/shortIds';
import type { Line } from '../output/report';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableTime } from '../output/times';
import { keyJson } from './keyWords';
import { choiceWords } from './runWords';

const AT = '--at <time>';
const KEY = '--key <key>';

const thenJson = (workspaceId: string, at: number | undefined, then: KeyringThen): object => ({
  workspaceId,
  at: isoOrNull(at ?? null),
  revision: then.revision,
  recordedAt: isoOrNull(then.recordedAt),
  timesInOrder: then.timesInOrder,
  recordedLater: then.recordedLater,
  keys: then.keys.map(keyJson),
  workspaceDefault: then.workspaceDefault,
  projectDefaults: then.projectDefaults,
  openRuns: then.openRuns.map((run) => ({
    runId: run.runId,
    projectId: run.projectId,
    keyId: run.keyId,
    vendor: run.vendor,
    requested: run.requested,
    choice: run.choice,
    startedAt: isoOf(run.startedAt),
    leaseUntil: isoOf(run.leaseUntil),
    interrupted: run.interrupted,
  })),
});

const whenOf = (at: number | undefined): string => (at === undefined ? 'now' : `at ${isoOf(at)}`);

const heading = (
  workspaceId: string,
  at: number | undefined,
  { revision, recordedAt }: KeyringThen,
): string =>
  recordedAt === null
    ? `Workspace ${workspaceId} ${at === undefined ? 'has no history' : `had no history ${whenOf(at)}`}.`
    : `Workspace ${workspaceId} ${whenOf(at)}: revision ${revision}, recorded ${isoOf(recordedAt)}`;

const RANGES_AT_MOST = 5;

const rangesOf = (ranges: KeyringThen['recordedLater']): string => {
  const named = ranges
    .slice(0, RANGES_AT_MOST)
    .map(({ first, last }) => (first === last ? String(first) : `${first} to ${last}`));
  return [...named, ...(ranges.length > named.length ? ['…'] : [])].join(', ');
};

/** Which revisions were taken, where times don't say. */
const doubts = (at: number | undefined, then: KeyringThen): ReadonlyArray<string> => {
  if (then.timesInOrder) return [];
  const { revision, recordedLater } = then;
  const taken =
    revision < 0
      ? `No revision was recorded by ${at === undefined ? 'now' : isoOf(at)}.`
      : at === undefined
        ? `Taken are all revisions, 0 to ${revision}.`
        : `Taken are revisions 0 to ${revision}: up to the newest one recorded by ${isoOf(at)}.`;
  return [
    `Recorded times of this workspace are not in order: the store's clock was wrong at some time. ${taken}` +
      (recordedLater.length === 0 ? '' : ` Of these, recorded later: ${rangesOf(recordedLater)}.`),
  ];
};

const thenLines = (workspaceId: string, at: number | undefined, then: KeyringThen): ReadonlyArray<Line> => {
  const ids = shortIds([...then.keys.map(({ keyId }) => keyId), ...then.openRuns.map(({ keyId }) => keyId)]);
  const defaultOf = (keyId: string): string =>
    then.projectDefaults
      .filter((held) => held.keyId === keyId)
      .map(({ projectId }) => projectId)
      .join(', ');
  const keys = then.keys.map((key) => [
    ids(key.keyId),
    key.display,
    key.vendor,
    key.label ?? '',
    defaultOf(key.keyId),
  ]);
  const runs = then.openRuns.map((run) => [
    run.runId,
    ids(run.keyId),
    choiceWords(run.choice),
    run.projectId ?? '',
    readableTime(run.startedAt),
    run.interrupted ? 'interrupted' : '',
  ]);
  return [
    heading(workspaceId, at, then),
    ...(keys.length === 0 ? ['No key.'] : table(['KEY', 'DISPLAY', 'VENDOR', 'LABEL', 'PROJECTS'], keys)),
    ...(runs.length === 0
      ? ['No open run.']
      : table(['OPEN RUN', 'KEY', 'CHOSEN AS', 'PROJECT', 'STARTED', ''], runs)),
  ];
};

export const history = command({
  details: [
    'Commands count whole, by the time at which the store recorded them. Needs no master key.',
    'Without --at it is the newest revision. The order is that of the revisions: where a clock was wrong, it is',
    'told which of them were taken.',
  ],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    at: optional(AT, 'RFC 3339, or a date: its beginning, UTC (the newest revision)', (given) =>
      parseInstant('--at', String(given), 'start'),
    ),
    key: optional(KEY, 'only this key, and the runs that hold it', readKey(KEY)),
  },
  examples: ['keyturn history --workspace acme --at 2026-11-23T07:36:33Z'],
  run: async (session, { workspace, at, key }) => {
    const reader = await session.reader();
    const context = session.asReader(workspace);
    const then = await reader.history.at(context, {
      ...(at === undefined ? {} : { at }),
      ...(key === undefined ? {} : { keyId: (await reader.keys.resolve(context, key)).keyId }),
    });
    if (then.revision === -1) await reader.workspaces.get(context);
    return {
      json: thenJson(workspace, at, then),
      lines: thenLines(workspace, at, then),
      hints: doubts(at, then),
    };
  },
});
