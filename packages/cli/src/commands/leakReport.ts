import { command } from '../command';
import { oneOf, optional, sinceFlag, text } from '../input/flags';
import { UsageError } from '../problems';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';

const SOURCE = '--source <text>';
const BY = '--reported-by <who>';
const ELSEWHERE = '--used-elsewhere <known>';
const STRANGER = '--stranger <known>';
const KNOWN = ['yes', 'no', 'unknown'] as const;

export const leakReport = command({
  details: [
    'Marks the secret of any key as leaked, of a deleted one, too: it does not come back on file in this workspace.',
    'The key serves on, yet it becomes no Default and no successor. Say whether a stranger may be using it: unless the',
    'answer is no, revoking it at the vendor comes before everything else.',
  ],
  operands: ofKey.operands,
  flags: {
    ...ofKey.flags,
    since: sinceFlag('from when on the leak is suspected'),
    source: optional(SOURCE, 'from where the report came, such as "a public repository"', text(SOURCE)),
    reportedBy: optional(BY, 'who noticed it, where that is somebody else', text(BY)),
    usedElsewhere: optional(ELSEWHERE, 'whether the same key is used anywhere else', oneOf(ELSEWHERE, KNOWN)),
    stranger: optional(STRANGER, 'whether a stranger uses it, or is feared to', oneOf(STRANGER, KNOWN)),
  },
  examples: [
    'keyturn leak report 6f0c3a1e --workspace acme --case SR-1042 --stranger yes --source "a public repository"',
    'keyturn leak report 6f0c3a1e --workspace acme --case SR-1042 --since 2026-11-01 --stranger no',
  ],
  run: async (session, { since, source, reportedBy, usedElsewhere, stranger, ...given }) => {
    if (since !== undefined && since > Date.now()) {
      throw new UsageError('--since lies in the future. Say from when on, or leave it out.');
    }
    const { keyturn, context, of } = await openedFor(session, given);
    const recorded = await keyturn.support.report(context, {
      ...of,
      ...(since === undefined ? {} : { suspectedSince: since }),
      ...(source === undefined ? {} : { source }),
      ...(reportedBy === undefined ? {} : { reportedBy }),
      ...(usedElsewhere === undefined ? {} : { usedElsewhere }),
      ...(stranger === undefined ? {} : { stranger }),
    });
    return recordedReport(of, recorded, `Key ${of.keyId} is reported as leaked under case ${of.caseId}.`);
  },
});
