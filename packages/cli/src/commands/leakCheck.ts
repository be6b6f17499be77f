import type { LeakChecked } from 'keyturn';
import { command } from '../command';
import { duration, optional, toggle } from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import { killCheckLines } from './killCheckWords';
import { UsageError } from '../problems';
import { ofKey, openedFor, statusHint } from './leakCaseOfKey';
import { checkUntilDead } from './leakCheckUntilDead';

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
    pasted: toggle('--pasted', 'the key itself is on standard input'),
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
    const { ask, stdin } = session.io;
    const pasted = !isPasted
      ? null
      : await (ask === null ? readPaste(stdin) : ask('Paste the key (it is not shown): '));
    session.io.doneAsking?.();
    const input = { ...of, ...(pasted === null ? {} : { pasted }) };
    try {
      if (until !== undefined)
        return await checkUntilDead(session, keyturn, context, input, forMs ?? USUAL_MS);
      const asking = (): Promise<LeakChecked> => keyturn.support.check(context, input);
      const checked = await session.showing('Asking the vendor', asking);
      const { says, attempts, control, counts, dead, keyringRevision } = checked;
      return {
        json: { ...of, says, attempts, control, counts, dead, keyringRevision },
        lines: killCheckLines(checked),
        hints: [statusHint(of.caseId)],
      };
    } finally {
      if (pasted !== null && typeof pasted !== 'string') pasted.fill(0);
    }
  },
});
