import * as E from 'fp-ts/Either';
import { addedUp } from '../usage/addedUp';
import { readJsonUsage } from '../usage/jsonUsage';
import type { Usage } from '../usage/usage';
import { USAGE_FORMATS } from '../usage/usageFormat';
import { refusalOf } from './adminRefusal';
import type { UsageCall } from './adminApi';
import type { AdminOperation } from './adminOperation';
import type { Filling } from './adminSession';
import { allPages } from './pages';
import type { UsageWindow, VendorUsageOutcome } from './vendorAdmin';

const timeOf = (ms: number, form: UsageCall['times']): string =>
  form === 'rfc-3339' ? new Date(ms).toISOString() : String(Math.floor(ms / 1_000));

/** Pages as one. Their rows may be of the same times. */
const together = (pages: ReadonlyArray<Usage>): Usage | null => {
  const [first] = pages;
  const added = addedUp(
    pages.flatMap(({ buckets }, index) => buckets.map((bucket) => ({ ...bucket, at: `page ${index + 1}` }))),
  );
  if (first === undefined || E.isLeft(added)) return null;
  const sum = (count: 'rows' | 'rowsWithoutKey' | 'rowsOfOtherKeys'): number =>
    pages.reduce((total, page) => total + page[count], 0);
  return {
    format: first.format,
    buckets: added.right,
    rows: sum('rows'),
    rowsWithoutKey: sum('rowsWithoutKey'),
    rowsOfOtherKeys: sum('rowsOfOtherKeys'),
    morePages: false,
  };
};

const usageBy = async (
  { session }: AdminOperation,
  { call, format, headers, paging, times }: UsageCall,
  filling: Filling,
  { from, to }: UsageWindow,
): Promise<VendorUsageOutcome> => {
  const formats = USAGE_FORMATS.filter(({ name }) => name === format);
  const request = {
    call,
    headers,
    filling: { ...filling, from: timeOf(from, times), to: timeOf(to, times) },
  };
  const pages = await allPages(session, request, paging, (json) => {
    const usage = readJsonUsage(json, formats, filling.key ?? null);
    return E.isLeft(usage) ? null : [usage.right];
  });
  if (pages.kind === 'error' && pages.meaning === 'not-found') return { kind: 'not-found' };
  if (pages.kind !== 'all') return refusalOf(pages);
  const usage = together(pages.items);
  return usage === null ? { kind: 'unavailable', reason: 'unrecognised-answer' } : { kind: 'usage', usage };
};

/** A way that this organisation does not have, or that has changed: the older one may still be there. */
const mayBeElsewhere = (outcome: VendorUsageOutcome): boolean =>
  outcome.kind === 'not-permitted' ||
  outcome.kind === 'not-found' ||
  (outcome.kind === 'unavailable' && outcome.reason === 'unrecognised-answer');

/** What the vendor counted of one key, by the first way that it has. */
export const fetchUsage = async (
  operation: AdminOperation,
  filling: Filling,
  window: UsageWindow,
): Promise<VendorUsageOutcome> => {
  let outcome: VendorUsageOutcome = { kind: 'no-usage-of-keys' };
  for (const way of operation.admin.usage) {
    outcome = await usageBy(operation, way, filling, window);
    if (!mayBeElsewhere(outcome)) return outcome;
  }
  return outcome;
};
