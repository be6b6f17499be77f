import type { ExposureReport, RuleAnswer } from 'keyturn';
import { command } from '../command';
import {
  keyOperand,
  optional,
  readCase,
  sinceFlag,
  text,
  toggle,
  untilFlag,
  workspaceFlag,
} from '../input/flags';
import { usageFlag, usageIn } from '../input/usageFile';
import { withTimes } from '../output/isoTimes';
import { writeNewFile } from '../output/newFile';
import { readableTime } from '../output/times';
import { wrappedRows } from '../output/wrappedRows';
import { UsageError } from '../problems';
import type { Line } from '../output/report';
import { keyLine } from './keyWords';
import { pastedFlag, withPasted } from './leakPasted';
import { pageOfExposure } from './leakExposurePage';
import { usageFromVendor } from './usageFromVendor';

/** Together with what stands between them 80 columns. */
const WIDTHS = [21, 57];
const VENDOR_KEY = '--vendor-key <id>';
const PLACE = '--place <id>';
const NAMED_AT_MOST = 20;

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const countWords = ({ counts }: ExposureReport): string =>
  [
    plural(counts.pinned, 'run pinned', 'runs pinned'),
    plural(counts.resumed, 'resumed', 'resumed'),
    plural(counts.testCalls, 'test call'),
    plural(counts.defaultMoves, 'change of Default', 'changes of Default'),
    `${plural(counts.interruptedRuns, 'run')} interrupted by a hard delete`,
  ].join(', ');

const factRows = (report: ExposureReport): ReadonlyArray<ReadonlyArray<string>> => {
  const { window, counts, suspectedSince, reportedAt, vendor } = report;
  return [
    ['Window', `${readableTime(window.since)} to ${readableTime(window.until)}`],
    ['Used', countWords(report)],
    ...(suspectedSince === null ? [] : [['Since suspected', plural(counts.afterSuspected ?? 0, 'use')]]),
    ['Reported', reportedAt === null ? 'no' : readableTime(reportedAt)],
    ...(vendor === null
      ? []
      : [
          [
            'Vendor',
            [
              `A pin of ours covers ${vendor.covered} of ${plural(vendor.buckets, 'bucket')} with use:`,
              'those are not judged.',
              ...(vendor.perhapsOurs === 0 ? [] : [`${vendor.perhapsOurs} of them only perhaps.`]),
              ...(vendor.long === 0
                ? []
                : [`${plural(vendor.long, 'bucket')} longer than an hour: one run covers all of it.`]),
            ].join(' '),
          ],
        ]),
  ];
};

const findingRows = ({ rule, evidence }: RuleAnswer): ReadonlyArray<ReadonlyArray<string>> => [
  [rule, plural(evidence.length, 'time')],
  ...evidence
    .slice(0, NAMED_AT_MOST)
    .map(({ at, sequence, what }) => [
      at === null ? '' : `  ${readableTime(at).slice(0, 19)}`,
      `${sequence === null ? '' : `#${sequence} `}${what}`,
    ]),
  ...(evidence.length > NAMED_AT_MOST
    ? [['', `and ${evidence.length - NAMED_AT_MOST} more: see --json`]]
    : []),
];

const linesOf = (report: ExposureReport): ReadonlyArray<Line> => {
  const { key, rules } = report;
  const inState = (state: RuleAnswer['state']) => rules.filter((answer) => answer.state === state);
  const found = inState('found');
  const clear = inState('clear').map(({ rule }) => rule);
  const open = inState('not-judged');
  return [
    { heading: key.display },
    keyLine(key),
    ...wrappedRows(WIDTHS, factRows(report)),
    '',
    { heading: found.length === 0 ? 'No finding' : plural(found.length, 'finding') },
    ...(found.length === 0 ? [] : wrappedRows(WIDTHS, found.flatMap(findingRows))),
    ...(clear.length === 0 ? [] : wrappedRows(WIDTHS, [['Nothing by', clear.join(', ')]])),
    ...(open.length === 0 ? [] : ['', { heading: 'Not judged' }]),
    ...(open.length === 0
      ? []
      : wrappedRows(
          WIDTHS,
          open.map(({ rule, because }) => [rule, because ?? '']),
        )),
  ];
};

interface VendorWords {
  readonly usage: string | undefined;
  readonly usageFromVendor: boolean;
  readonly vendorKey: string | undefined;
  readonly place: string | undefined;
  readonly html: string | undefined;
  readonly case: string | undefined;
}

/** @throws UsageError where words do not go together */
const checkVendorWords = (given: VendorWords): void => {
  const { usage, usageFromVendor: asksVendor, vendorKey, place, html, case: caseId } = given;
  if (!asksVendor) {
    if (vendorKey !== undefined || place !== undefined) {
      throw new UsageError('--vendor-key and --place go with --usage-from-vendor.');
    }
    if (caseId !== undefined && html === undefined)
      throw new UsageError('--case goes into a page: give --html, too.');
    return;
  }
  if (usage !== undefined) throw new UsageError('--usage and --usage-from-vendor: choose one of the two.');
  if (caseId === undefined) throw new UsageError('--usage-from-vendor is for a case: name it with --case.');
};

export const leakExposure = command({
  details: [
    'What a key was used for in a window, and what of that is anomalous: by named rules, each with its evidence and',
    'never a score. The window begins when the leak is suspected, and ends now. A rule that can not tell says so.',
    'With --pasted the report says, too, where else the secret is or was on file: for support, and left out of what a',
    'customer gets.',
  ],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    since: sinceFlag('the leak is suspected from then on; when the key was added, where it is left out'),
    until: untilFlag('before this time'),
    usage: usageFlag,
    usageFromVendor: toggle(
      '--usage-from-vendor',
      "the vendor's own usage, asked of it with an admin credential on standard input",
    ),
    vendorKey: optional(VENDOR_KEY, "the key that the vendor's list names so", text(VENDOR_KEY)),
    place: optional(PLACE, 'the project, workspace or team that lists it', text(PLACE)),
    html: optional(
      '--html <file>',
      'writes the report as one HTML page into this new file, too',
      text('--html'),
    ),
    case: optional('--case <id>', 'the case: how it stands goes into the page', readCase),
    pasted: pastedFlag,
    habits: toggle('--habits', 'ask the rules about habits, too: bursts, and unusual hours of the week'),
  },
  examples: [
    'keyturn leak exposure 6f0c3a1e --workspace acme --since 2026-11-01',
    'keyturn leak exposure 6f0c3a1e --workspace acme --since 2026-11-01 --habits --json',
    'keyturn leak exposure 6f0c3a1e --workspace acme --since 2026-11-01 --html report.html --case SR-1042',
    'keyturn leak exposure 6f0c3a1e --workspace acme --case SR-1042 --usage-from-vendor < admin-credential.txt',
    'keyturn leak exposure 6f0c3a1e --workspace acme --as support:grace --pasted < leaked-key.txt',
  ],
  run: async (session, given) => {
    const { key, workspace, since, until, usage, habits, html, case: caseId } = given;
    const { usageFromVendor: asksVendor, vendorKey, place, pasted: isPasted } = given;
    if (since !== undefined && until !== undefined && since >= until) {
      throw new UsageError('--since is not before --until: nothing can lie between. Turn them round.');
    }
    checkVendorWords(given);
    if (isPasted && html !== undefined) {
      throw new UsageError(
        '--pasted tells of other workspaces, and a page may go to the customer: ask for it without --html.',
      );
    }
    if (isPasted && asksVendor) {
      throw new UsageError(
        '--pasted and --usage-from-vendor both read standard input: ask for one report each.',
      );
    }
    const vendorUsage = usage === undefined ? {} : { usage: await usageIn(session, usage) };
    const keyturn = await session.keyturn({ asksNext: asksVendor || isPasted });
    const context = session.asReader(workspace);
    const { keyId } = await keyturn.keys.resolve(context, key);
    const input = {
      keyId,
      habits,
      ...vendorUsage,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const ours = await withPasted(session, isPasted, (pasted) =>
      keyturn.support.exposure(context, { ...input, ...pasted }),
    );
    const report =
      !asksVendor || caseId === undefined
        ? ours
        : await keyturn.support.exposure(context, {
            ...input,
            until: ours.window.until,
            usage: await usageFromVendor(
              session,
              keyturn,
              session.context(workspace),
              { keyId, caseId },
              { ...ours.window, vendorKey, place },
            ),
          });
    const page =
      html === undefined
        ? null
        : await writeNewFile(
            '--html',
            html,
            session.io.cwd,
            await pageOfExposure(keyturn, session, report, caseId),
          );
    return {
      json: { ...withTimes(report), ...(page === null ? {} : { html: page }) },
      lines: linesOf(report),
      below: page === null ? [] : [`The page is ${page}.`],
    };
  },
});
