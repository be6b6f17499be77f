import { describe, expect, test } from '@jest/globals';
import type { ExposureAnswer } from 'keyturn';
import { caseOf, certificateOf, HONEST, reportOf, UNTIL } from '../testSupport/reports';
import { exposurePage } from './exposurePage';

const pageOf = (report: ExposureAnswer): string => exposurePage({ report, madeAt: UNTIL });
/** What a person reads, a line for each part. */
const readable = (page: string): string =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

test('findings come first, each with its evidence; then what found nothing, and what can not tell, with why', () => {
  const read = readable(pageOf(reportOf(HONEST)));
  expect(read).toContain('1 rule found something. 1 found nothing. 1 can’t tell.');
  expect(read).toMatch(/found first-actor .* 2026-11-01 02:00:00Z #1 user:mallory/);
  expect(read).toMatch(/after-report nothing found/);
  expect(read).toMatch(/first-origin not judged .* The log is too short\./);
  expect(read.indexOf('user:mallory')).toBeLessThan(read.indexOf('The key and the window'));
});

test('every use, run, change and refusal is there, and what was counted alone is said', () => {
  const report = reportOf(HONEST);
  const [first] = report.uses;
  const uses = Array.from({ length: 3_000 }, (_, n) => ({
    ...first,
    sequence: n + 1_000,
    runId: `run-${n}`,
  }));
  const page = pageOf({ ...report, uses: uses as unknown as ExposureAnswer['uses'] });
  expect(readable(page)).toContain('3000 uses, oldest first');
  for (const n of [0, 1_499, 2_999]) expect(page).toContain(`<bdi>run-${n}</bdi>`);
  const read = readable(page);
  expect(read).toContain('interrupted by a hard delete');
  expect(read).toContain('project docs no longer Default: another key is');
  expect(read).toContain('DeleteKey user:ada host-1 run-1 not-permitted');
  expect(read).toContain('7 more refusals of the time are counted alone');
});

test('the vendor’s usage says how many buckets are not judged, and what is missing in it', () => {
  const read = readable(pageOf(reportOf(HONEST)));
  expect(read).toContain('A pin of ours covers 2 of 4 buckets with use: those are not judged.');
  expect(read).toContain('1 of those covered only perhaps');
  expect(read).toContain('1 bucket longer than an hour');
  expect(read).toContain('1 row of other keys');
  expect(read).toContain('more pages than this one');
  const without = readable(pageOf({ ...reportOf(HONEST), vendor: null, usage: null }));
  expect(without).toContain('The vendor’s own usage was not given.');
});

test('a case has its steps, and the minutes from the report on', () => {
  const read = readable(exposurePage({ report: reportOf(HONEST), leakCase: caseOf(HONEST), madeAt: UNTIL }));
  expect(read).toContain('Revoked 12 minutes after the report Shown dead not yet');
  expect(read).toContain('5. Revoke at the vendor done 2026-11-15 01:00:00Z support:ada');
  expect(read).toContain('revoked at the vendor, 2026-11-15 01:00:00Z , outside of the window');
  expect(readable(pageOf(reportOf(HONEST)))).not.toContain('The case');
});

test('a certificate is there as its file has it', () => {
  const certificate = certificateOf(HONEST);
  const page = exposurePage({ report: reportOf(HONEST), certificate, madeAt: UNTIL });
  expect(page).toContain(certificate.text.trimEnd());
  expect(pageOf(reportOf(HONEST))).not.toContain('Certificate of destruction');
});

describe('a report of a key that nobody used', () => {
  const page = pageOf({
    ...reportOf(HONEST),
    uses: [],
    holds: [],
    defaultMoves: [],
    refusals: [],
    rules: [],
  });

  test('says so, and draws an empty line', () => {
    const read = readable(page);
    expect(read).toContain('No rule found anything.');
    expect(read).toContain('The key was not used in the window.');
    expect(read).toContain('There was nothing in the window.');
    expect(page).not.toContain('NaN');
  });
});
