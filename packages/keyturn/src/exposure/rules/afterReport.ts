import { judged, notJudged, type Rule } from '../rule';

/** Used after it was reported. Kill checks are the case's own. */
export const afterReport: Rule = ({ uses, reportedAt }) =>
  reportedAt === null
    ? notJudged('after-report', 'The key was not reported.')
    : judged(
        'after-report',
        uses
          .filter(({ at, cause }) => at > reportedAt && cause !== 'kill-check')
          .map(({ at, sequence, kind, actor }) => ({ at, sequence, what: `${kind} by ${actor}` })),
      );
