import type { LeakChecked } from 'keyturn';
import { command } from '../command';
import { duration, optional } from '../input/flags';
import { killCheckLines } from './killCheckWords';
import { UsageError } from '../problems';
import { ofKey, openedFor, statusHint } from './leakCaseOfKey';
import { checkUntilDead } from './leakCheckUntilDead';
import { pastedFlag, withPasted } from './leakPasted';

const UNTIL = '--until <state>';
const FOR = '--for <time>';
const USUAL_MS = 15 * 60_000;

const readUntil = (given: unknown): 'dead' => {
  if (given === 'dead') return given;
  throw new UsageError('--until takes dead alone.');
};

export const leakCheck = command({
  details: [
    'Asks the vendor once, by a free call where it has one, whether the key still works, and records what it says.',
    'A key that is destroyed here is read from standard input with --pasted; it has to be that very key, and nothing',
    'of it is kept. Revocation is not instant: --until dead asks again after a minute, after five, and every five',
    'minutes then, until the vendor has shown it dead. Ended before, with Ctrl-C or by --for, what was asked is',
    'recorded.',
  ],
  operands: ofKey.operands,
  flags: {
    ...ofKey.flags,
    pasted: pastedFlag,
    until: optional(UNTIL, 'ask again until the vendor has shown it dead', readUntil),
    for: optional(FOR, 'with --until: how long at most, such as 30s, 15m or 2h (15m)', duration(FOR)),
  },
  examples: [
    'keyturn leak check 6f0c3a1e --workspace acme --case SR-1042',
    'keyturn leak check 6f0c3a1e --workspace acme --case SR-1042 --until dead --for 30m',
    'keyturn leak check 6f0c3a1e --workspace acme --case SR-1042 --pasted < leaked-key.txt',
  ],
  run: async (session, { pasted: isPasted, until, for: forMs, ...given }) => {
    if (forMs !== undefined && until === undefined) throw new UsageError('--for goes with --until dead.');
    const { keyturn, context, of } = await openedFor(session, given, { asksNext: isPasted });
    return withPasted(session, isPasted, async (pasted) => {
      const input = { ...of, ...pasted };
      if (until !== undefined) return checkUntilDead(session, keyturn, context, input, forMs ?? USUAL_MS);
      const asking = (): Promise<LeakChecked> => keyturn.support.check(context, input);
      const checked = await session.showing('Asking the vendor', asking);
      const { says, attempts, control, counts, dead, keyringRevision } = checked;
      return {
        json: { ...of, says, attempts, control, counts, dead, keyringRevision },
        lines: killCheckLines(checked),
        hints: [statusHint(of.caseId)],
      };
    });
  },
});
