import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EnvelopedEvent } from '@keyturn/domain';
import type { ExposureReport, Keyturn } from 'keyturn';
import { belowTheDoor } from '../belowTheDoor';
import { newDeployment, type Deployment } from '../deployment';
import { laidDown } from './laidDown';
import { randomOf, type PlannedAct } from './planned';
import { DAY, HISTORY_MS, HOUR, SHAPES, WINDOW_MS } from './shapes';

/** Histories of each shape. `EXPOSURE_SEEDS` makes more of them. */
const SEEDS = Number(process.env['EXPOSURE_SEEDS'] ?? 2);
/** A Monday, so long ago that the store records everything behind the window. */
const FROM = Date.UTC(2026, 0, 5);
const UNTIL = FROM + HISTORY_MS;
const SINCE = UNTIL - WINDOW_MS;
const grace = { kind: 'support', id: 'grace' } as const;

let deployment: Deployment;
let keyturn: Keyturn;
const reports: {
  readonly name: string;
  readonly report: ExposureReport;
  readonly events: ReadonlyArray<EnvelopedEvent>;
}[] = [];

const founding: PlannedAct = {
  at: FROM,
  actor: 'user:ada',
  origin: null,
  does: { kind: 'add', key: 'key-1' },
};

/** The key that was Default when the window began. */
const defaultAt = (acts: ReadonlyArray<PlannedAct>): string =>
  acts.reduce((key, { at, does }) => (does.kind === 'set-default' && at < SINCE ? does.key : key), 'key-1');

let numbered = 0;
const reported = async (
  acts: ReadonlyArray<PlannedAct>,
  usage?: string,
): Promise<{ readonly report: ExposureReport; readonly events: ReadonlyArray<EnvelopedEvent> }> => {
  numbered += 1;
  const workspaceId = `ws-${numbered}`;
  const below = belowTheDoor(deployment);
  try {
    const all = [founding, ...acts];
    const events = await laidDown(await below.openEventStore(), await below.openVault(), workspaceId, all);
    const report = await keyturn.support.exposure(
      { workspaceId, actor: grace },
      {
        keyId: defaultAt(all),
        since: SINCE,
        until: UNTIL,
        ...(usage === undefined ? {} : { usage: new TextEncoder().encode(usage) }),
      },
    );
    return { report, events };
  } finally {
    await below.close();
  }
};

const found = ({ rules }: ExposureReport): ReadonlyArray<string> =>
  rules.filter(({ state }) => state === 'found').map(({ rule }) => rule);

beforeAll(async () => {
  deployment = await newDeployment();
  keyturn = await deployment.open();
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      reports.push({ name, ...(await reported(shape(FROM + HOUR, randomOf(seed * 7_919)))) });
    }
  }
});
afterAll(() => deployment.close());

test('of twenty reports on honest histories one at most has a finding', () => {
  const alarms = reports.filter(({ report }) => found(report).length > 0);
  if (process.env['EXPOSURE_SEEDS'] !== undefined) {
    process.stdout.write(
      `${alarms.length} of ${reports.length} with a finding: ${alarms.map(({ name }) => name).join(', ')}\n`,
    );
  }
  expect(reports).toHaveLength(10 * SEEDS);
  expect(alarms.length).toBeLessThanOrEqual(reports.length / 20);
});

test('every number is what a count by hand over the events gives', () => {
  for (const { report, events } of reports) {
    const inWindow = events.filter(({ envelope: { time } }) => time >= SINCE && time < UNTIL);
    const { keyId } = report.key;
    const count = (type: string): number =>
      inWindow.filter(
        ({ event }) => event.type === type && 'keyId' in event.data && event.data.keyId === keyId,
      ).length;
    const moves = inWindow.filter(
      ({ event }) =>
        event.type === 'DefaultChanged' && (event.data.keyId === keyId || event.data.previousKeyId === keyId),
    ).length;
    const [pinned, resumed, testCalls] = ['RunKeyPinned', 'RunKeyResumed', 'KeyTestCallStarted'].map(count);
    expect(report.counts).toEqual({
      pinned,
      resumed,
      testCalls,
      defaultMoves: moves,
      interruptedRuns: 0,
      afterSuspected: (pinned ?? 0) + (resumed ?? 0) + (testCalls ?? 0),
    });
    expect(report.uses).toHaveLength(report.counts.afterSuspected ?? -1);
    const pins = inWindow.flatMap(({ event, envelope }) =>
      event.type === 'RunKeyPinned' && event.data.keyId === keyId
        ? [
            [
              envelope.time,
              `${envelope.actor.kind}:${envelope.actor.id}`,
              event.data.runId,
              event.data.projectId,
            ],
          ]
        : [],
    );
    expect(
      report.uses
        .filter(({ kind }) => kind === 'pinned')
        .map(({ at, actor, runId, projectId }) => [at, actor, runId, projectId]),
    ).toEqual(pins);
  }
  expect(reports.some(({ report }) => report.counts.pinned > 20)).toBe(true);
});

const theft = (more: Partial<PlannedAct>, key?: string): PlannedAct => ({
  at: SINCE + 5 * DAY,
  actor: 'service:batch',
  origin: null,
  does: { kind: 'run', run: 'theirs', project: 'nightly', minutes: 3, ...(key === undefined ? {} : { key }) },
  ...more,
});
const batch = SHAPES['a nightly batch'];
const hosts = SHAPES['several hosts'];
const rotation = SHAPES['a rotation every month'];
if (batch === undefined || hosts === undefined || rotation === undefined) throw new Error('no such shape');

test.each([
  ['an actor who is new', batch, theft({ actor: 'user:mallory' }), 'first-actor'],
  ['a host that is new', hosts, theft({ actor: 'service:blue', origin: 'elsewhere' }), 'first-origin'],
  [
    'a project that is new',
    batch,
    theft({ does: { kind: 'run', run: 'theirs', project: 'theirs', minutes: 3 } }),
    'first-project',
  ],
  [
    'a pin on the key after the Default has moved',
    rotation,
    theft({ actor: 'service:compiler', origin: 'host-1', at: UNTIL - DAY }, 'key-3'),
    'after-default-moved',
  ],
  [
    'a key that a new actor adds',
    batch,
    theft({ actor: 'user:mallory', does: { kind: 'add', key: 'their-key' } }),
    'keyring-acts',
  ],
])('a theft by %s is named', async (_, shape, act, rule) => {
  const { report } = await reported([...shape(FROM + HOUR, randomOf(1)), act]);
  expect(found(report)).toContain(rule);
});

test('use at the vendor outside our pins is named, and use inside is not', async () => {
  const acts = batch(FROM + HOUR, randomOf(3));
  const row = (at: number): string => `${new Date(at).toISOString()},${new Date(at + HOUR).toISOString()},40`;
  const run = acts.find(({ at }) => at > SINCE + DAY);
  const hour = Math.floor((run?.at ?? 0) / HOUR) * HOUR;
  const usage = `start,end,requests\n${row(hour)}\n${row(hour + 9 * HOUR)}\n`;
  const { report } = await reported(acts, usage);
  expect(found(report)).toEqual(['unexplained-at-vendor']);
  expect(report.vendor).toMatchObject({ buckets: 2, covered: 1 });
});
