import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomOf } from './planned';
import { foundIn, FROM, newReporting, SINCE, UNTIL, type Reported, type Reporting } from './reporting';
import { HOUR, SHAPES } from './shapes';
import { THEFTS } from './thefts';

/** Histories of each shape. `EXPOSURE_SEEDS` makes more of them. */
const SEEDS = Number(process.env['EXPOSURE_SEEDS'] ?? 2);

let reporting: Reporting;
const reports: (Reported & { readonly name: string })[] = [];

beforeAll(async () => {
  reporting = await newReporting();
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      reports.push({ name, ...(await reporting.on(shape(FROM + HOUR, randomOf(seed * 7_919)))) });
    }
  }
});
afterAll(() => reporting.close());

test('of twenty reports on honest histories one at most has a finding', () => {
  const alarms = reports.filter(({ report }) => foundIn(report).length > 0);
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

test.each(THEFTS)('a theft by $name is named', async ({ rule, acts, usage }) => {
  const done = acts(randomOf(1));
  const { report } = await reporting.on(done, usage?.(done));
  expect(foundIn(report)).toContain(rule);
});

test('use at the vendor inside our pins is not judged', async () => {
  const [theft] = THEFTS.filter(({ usage }) => usage !== undefined);
  const done = theft?.acts(randomOf(3)) ?? [];
  const { report } = await reporting.on(done, theft?.usage?.(done));
  expect(foundIn(report)).toEqual(['unexplained-at-vendor']);
  expect(report.vendor).toMatchObject({ buckets: 2, covered: 1 });
});
