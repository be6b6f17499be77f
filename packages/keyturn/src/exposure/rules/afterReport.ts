import { judged, notJudged, type Rule } from '../rule';

/** Used after it was reported, by the order of the log: clocks differ. Kill checks are the case's own. */
export const afterReport: Rule = ({ uses, reportedAt, reportedBy }) =>
  reportedAt === null
    ? notJudged('after-report', 'The key was not reported.')
    : judged(
        'after-report',
        uses
          .filter(({ at, sequence, cause }) => {
            const isAfter = reportedBy === null ? at > reportedAt : sequence > reportedBy;
            return isAfter && cause !== 'kill-check';
          })
          .map(({ at, sequence, kind, actor }) => ({ at, sequence, what: `${kind} by ${actor}` })),
      );
