import { command } from '../command';
import { anyOf, optional, sinceFlag, text, untilFlag } from '../input/flags';
import { usageFlag, usageIn } from '../input/usageFile';
import { UsageError } from '../problems';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';

const EXPLAINED = '--explained <rule>';
const NOTE = '--note <text>';

export const leakReviewed = command({
  details: [
    'Records who looked at what was done with the key, and what came of it. The uses of the window are counted, and',
    'the rules asked, as keyturn leak exposure does: a rule that found something is recorded as not explained, unless',
    'it is named with --explained.',
  ],
  operands: ofKey.operands,
  flags: {
    ...ofKey.flags,
    since: sinceFlag('the window that was looked at; when the key was added, where it is left out'),
    until: untilFlag('before this time; now, where it is left out'),
    usage: usageFlag,
    explained: anyOf(EXPLAINED, 'a rule that found something, and of which it is known why', text(EXPLAINED)),
    note: optional(NOTE, 'what is to be remembered of it', text(NOTE)),
  },
  examples: [
    'keyturn leak reviewed 6f0c3a1e --workspace acme --case SR-1042 --since 2026-11-01',
    'keyturn leak reviewed 6f0c3a1e --workspace acme --case SR-1042 --explained first-actor --note "a new colleague"',
  ],
  run: async (session, { since, until, usage, explained = [], note, ...given }) => {
    if (since !== undefined && until !== undefined && since >= until) {
      throw new UsageError('--since is not before --until: nothing can lie between. Turn them round.');
    }
    const vendorUsage = usage === undefined ? {} : { usage: await usageIn(session, usage) };
    const { keyturn, context, of } = await openedFor(session, given);
    const { window, uses, rules } = await keyturn.support.exposure(context, {
      keyId: of.keyId,
      ...vendorUsage,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    });
    const found = rules.filter(({ state }) => state === 'found').map<string>(({ rule }) => rule);
    const foundNothing = explained.filter((rule) => !found.includes(rule));
    if (foundNothing.length > 0) {
      const those = found.length === 0 ? 'no rule did' : `these did: ${found.join(', ')}`;
      throw new UsageError(`--explained takes a rule that found something in the window; ${those}.`);
    }
    const unexplained = found.filter((rule) => !explained.includes(rule));
    const recorded = await keyturn.support.reviewed(context, {
      ...of,
      from: window.since,
      until: window.until,
      uses: uses.length,
      explained,
      unexplained,
      ...(note === undefined ? {} : { note }),
    });
    const report = recordedReport(of, recorded, `The review of key ${of.keyId} is recorded.`);
    return {
      ...report,
      json: { ...report.json, uses: uses.length, explained, unexplained },
      lines: [
        ...report.lines,
        `Uses in the window: ${uses.length}. Findings explained: ${explained.join(', ') || 'none'}; ` +
          `not explained: ${unexplained.join(', ') || 'none'}.`,
      ],
    };
  },
});
