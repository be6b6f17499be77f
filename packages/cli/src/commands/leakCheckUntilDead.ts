import type { ActContext, CheckLeakInput, Keyturn, LeakChecked, LeakWatched } from 'keyturn';
import { EXIT_DONE, EXIT_REFUSED } from '../exitStatus';
import type { Report } from '../output/report';
import { readableTime } from '../output/times';
import type { Session } from '../session';
import { killCheckLines } from './killCheckWords';
import { statusHint } from './leakCaseOfKey';

const ENDED: { readonly [E in LeakWatched['ended']]: string } = {
  dead: 'The vendor has shown it dead.',
  'not-checkable': 'Nothing more can be asked.',
  'time-over': 'The time is over, and the vendor has not shown it dead.',
  stopped: 'Stopped before the vendor has shown it dead.',
};

const nextWords = (nextInMs: number | null): string =>
  nextInMs === null ? '' : ` Next check in ${Math.round(nextInMs / 1_000)} s.`;

/** Asks again and again, and tells of each answer on standard error, since that may take a while. */
export const checkUntilDead = async (
  { io }: Session,
  keyturn: Keyturn,
  context: ActContext,
  input: CheckLeakInput,
  forMs: number,
): Promise<Report> => {
  const onChecked = ({ says, counts }: LeakChecked, nextInMs: number | null): void => {
    const but = says === 'dead' && !counts ? ', which does not count' : '';
    void io.stderr.write(`${readableTime(Date.now())} ${says}${but}.${nextWords(nextInMs)}\n`);
  };
  const { ended, checks, last } = await keyturn.support.checkUntilDead(context, input, { forMs, onChecked });
  const { says, attempts, control, counts, dead, keyringRevision } = last;
  const { keyId, caseId } = input;
  return {
    json: { keyId, caseId, says, attempts, control, counts, dead, ended, checks, keyringRevision },
    lines: [...killCheckLines(last), ...(dead ? [] : [ENDED[ended]])],
    hints: [statusHint(caseId)],
    exitStatus: ended === 'dead' ? EXIT_DONE : EXIT_REFUSED,
  };
};
