import type { FaultyPart } from '../check';
import type { FaultyName } from './faultyNames';
import { FAULTY_PROCESS, LOOSE_SYNC } from './keyturnProcess';
import type { Faulty } from './stage';

type Part = Omit<FaultyPart, 'run'> & { readonly faulty: Faulty };

const part = (name: FaultyName, seen: RegExp): Part => ({
  name,
  seen,
  faulty: { preload: [FAULTY_PROCESS], env: { TRUST_FAULTY: name } },
});

/** What the check must find out. */
export const FAULTY_PARTS: ReadonlyArray<Part> = [
  part('a vault that does not shred, and says that it did', /(sealed bytes|a data key|a sealed secret) of/),
  part('a vault that does not let a frozen row open again', /does not open/),
  part('a vault that says that a secret is sealed, and seals it later', /does not open|0 times/),
  {
    name: 'a database that does not flush what it commits',
    seen: /not on the disk when it was said to be: events\.sqlite: commit/,
    faulty: { preload: [LOOSE_SYNC], env: {} },
  },
  // Its row is destroyed on the strength of an event that is not there.
  part(
    'a store that forgets a hard delete, which it acknowledged',
    /was told done, and the log of|0 times a (data key|sealed secret) of .* which is active/,
  ),
  part(
    'a store whose clock stands',
    /is open after a sweep, and its lease had run out|apart, more than .* No run was expired/,
  ),
  part('a store that leaves out events when all are read', /is not what a rebuild makes of the events/),
  part('a prober that can never tell', /has no outcome of its test call after a sweep/),
];
