import type { LeakChecked } from 'keyturn';
import { command } from '../command';
import { toggle } from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import { ofKey, openedFor, statusHint } from './leakCaseOfKey';

const SAYS: { readonly [S in LeakChecked['says']]: string } = {
  dead: 'The vendor refuses the key as no valid one.',
  alive: 'The vendor still takes the key. Revoke it.',
  'alive-unfunded': 'The vendor still knows the key, which can not spend. Revoke it.',
  'cannot-tell': 'The vendor did not say whether it still takes the key. Ask again later.',
  'not-checkable':
    'The key is destroyed here, so nothing was asked. Give it with --pasted, where somebody has it.',
};

const standing = ({ says, dead, counts }: LeakChecked): ReadonlyArray<string> => {
  if (dead) return ['It is shown dead.'];
  if (says !== 'dead') return [];
  return counts
    ? ['Three such answers in a row, over five minutes or more, show that it is dead. Ask again.']
    : ['This does not count: the vendor never took it at this place, or took no other key just now.'];
};

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
      lines: [SAYS[says], ...standing(checked)],
      hints: [statusHint(of.caseId)],
    };
  },
});
