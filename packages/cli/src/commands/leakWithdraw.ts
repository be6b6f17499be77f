import { command } from '../command';
import { required, text } from '../input/flags';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';

const REASON = '--reason <text>';

export const leakWithdraw = command({
  details: [
    'For a report about the wrong key, or under the wrong case. With the last report of a key go the ban of its secret',
    'and its suspension. A key that is hard-deleted stays reported.',
  ],
  operands: ofKey.operands,
  flags: { ...ofKey.flags, reason: required(REASON, 'why: it is kept and shown', text(REASON)) },
  examples: [
    'keyturn leak withdraw 6f0c3a1e --workspace acme --case SR-1042 --reason "the other key was meant"',
  ],
  run: async (session, { reason, ...given }) => {
    const { keyturn, context, of } = await openedFor(session, given);
    const recorded = await keyturn.support.withdraw(context, { ...of, reason });
    return recordedReport(
      of,
      recorded,
      `The report of key ${of.keyId} under case ${of.caseId} is withdrawn.`,
    );
  },
});
