import { command } from '../command';
import { toggle } from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import { killCheckLines } from './killCheckWords';
import { ofKey, openedFor, statusHint } from './leakCaseOfKey';

export const leakCheck = command({
  details: [
    'Asks the vendor once, by a free call where it has one, whether the key still works, and records what it says.',
    'Revocation is not instant: ask again after a minute, and after ten. A key that is destroyed here is read from',
    'standard input with --pasted; it has to be that very key, and nothing of it is kept.',
  ],
  operands: ofKey.operands,
  flags: { ...ofKey.flags, pasted: toggle('--pasted', 'the key itself is on standard input') },
  examples: [
    'keyturn leak check 6f0c3a1e --workspace acme --case SR-1042',
    'keyturn leak check 6f0c3a1e --workspace acme --case SR-1042 --pasted < leaked-key.txt',
  ],
  run: async (session, { pasted: isPasted, ...given }) => {
    const { keyturn, context, of } = await openedFor(session, given, { asksNext: isPasted });
    const { ask, stdin } = session.io;
    const pasted = !isPasted
      ? null
      : await (ask === null ? readPaste(stdin) : ask('Paste the key (it is not shown): '));
    session.io.doneAsking?.();
    const checked = await session
      .showing('Asking the vendor', () =>
        keyturn.support.check(context, { ...of, ...(pasted === null ? {} : { pasted }) }),
      )
      .finally(() => {
        if (pasted !== null && typeof pasted !== 'string') pasted.fill(0);
      });
    const { says, attempts, control, counts, dead, keyringRevision } = checked;
    return {
      json: { ...of, says, attempts, control, counts, dead, keyringRevision },
      lines: killCheckLines(checked),
      hints: [statusHint(of.caseId)],
    };
  },
});
