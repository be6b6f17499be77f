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

const thenJson = (workspaceId: string, at: number, then: KeyringThen): object => ({
  workspaceId,
  at: isoOf(at),
  revision: then.revision,
  recordedAt: isoOrNull(then.recordedAt),
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

const heading = (workspaceId: string, at: number, { revision, recordedAt }: KeyringThen): string =>
  recordedAt === null
    ? `Workspace ${workspaceId} had no history at ${isoOf(at)}.`
    : `Workspace ${workspaceId} at ${isoOf(at)}: revision ${revision}, recorded ${isoOf(recordedAt)}`;

const thenLines = (workspaceId: string, at: number, then: KeyringThen): ReadonlyArray<Line> => {
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
  name: 'history',
  summary: 'The keyring as it stood at a time, rebuilt from the events alone',
  details: ['Commands count whole, by the time at which the store recorded them. Needs no master key.'],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    at: optional(AT, 'RFC 3339, or a date: its beginning, UTC (now)', (given) =>
      parseInstant('--at', String(given), 'start'),
    ),
    key: optional(KEY, 'only this key, and the runs that hold it', readKey(KEY)),
  },
  examples: ['keyturn history --workspace acme --at 2026-11-23T07:36:33Z'],
  run: async (session, { workspace, at = Date.now(), key }) => {
    const reader = await session.reader();
    const context = session.asReader(workspace);
    const then = await reader.history.at(context, {
      at,
      ...(key === undefined ? {} : { keyId: (await reader.keys.resolve(context, key)).keyId }),
    });
    return { json: thenJson(workspace, at, then), lines: thenLines(workspace, at, then) };
  },
});
