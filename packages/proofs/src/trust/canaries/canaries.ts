import type { Budget, FaultyPart, Figures, Findings, TrustCheck } from '../check';
import { COMMAND_SCENARIOS, playCommands } from './commands';
import { deckOf } from './deck';
import { FAULTY_PARTS } from './faultyParts';
import { LIBRARY_SCENARIOS, playLibrary } from './library';
import type { LibraryParts } from './library/librarySite';
import { makeRandom } from './random';
import { Round } from './round';

const PER_ROUND: Readonly<Record<'library' | 'commands', number>> = { library: 4, commands: 2 };

/**
 * How many scenarios every run begins with: the ones that look hardest for what a vendor, a caller or a log may repeat.
 */
const LEADING = { library: 3, commands: 1 } as const;

const added = (to: Record<string, number>, counts: Figures): void => {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count;
};

const runWith =
  (perRound: typeof PER_ROUND, faulty?: LibraryParts): TrustCheck['run'] =>
  async ({ until, seed, progress }: Budget): Promise<Findings> => {
    const figures: Record<string, number> = { rounds: 0 };
    const violations = new Set<string>();
    const library = deckOf(LIBRARY_SCENARIOS, LEADING.library);
    const commands = deckOf(COMMAND_SCENARIOS, LEADING.commands);
    for (let n = 0; n === 0 || (Date.now() < until && violations.size === 0); n += 1) {
      const random = makeRandom(seed + n);
      const round = await Round.begin(random);
      try {
        await playLibrary(round, library(random, perRound.library), faulty);
        await playCommands(round, commands(random, perRound.commands));
      } finally {
        await round.end();
      }
      for (const violation of round.violations) violations.add(violation);
      const { files, bytes } = round.search.searched;
      added(figures, { rounds: 1, ...round.counts, 'files searched': files, 'bytes searched': bytes });
      progress({ ...figures, findings: violations.size });
    }
    return { figures: { ...figures, findings: violations.size }, violations: [...violations] };
  };

/** The library alone: no part of the command is exchanged. */
const faulty: ReadonlyArray<FaultyPart> = FAULTY_PARTS.map(({ name, seen, parts }) => ({
  name,
  seen,
  run: runWith({ ...PER_ROUND, commands: 0 }, parts),
}));

/**
 * Secrets that were made to be looked for are pushed through the use cases, refusals and faults of the library, in this
 * process, and of the real `keyturn`, with logging at its most talkative. Then nothing that anybody can get at may hold
 * 8 characters in a row of any of them (the last 4 are shown): no file of the event store with its log, of the vault,
 * of the read models, no other file that was made meanwhile (temporary ones, histories of shells, what a terminal
 * showed, reports of crashes), no name of a file; nothing printed or logged; no object that a caller gets, in any way
 * of writing it down; nothing in the process list, in environments, or in the memory that Node's small buffers share.
 * In clear, reversed, in UTF-16, hexadecimal, base64, URL and JSON escapes: see `secretSearch`. Of the master key, of
 * passphrases and of passwords in connection strings nothing at all may be there.
 *
 * What can't be prevented is bounded by rules, which the scenarios hold to exactly:
 *
 * - What a caller's own function throws or returns is passed on as it was, to him alone, as the result or as a cause
 *   (`withoutOwn`). Nothing is copied from it.
 * - The command of `--exec` has the secret in the one variable that was named, and nowhere else; what it prints or
 *   passes on is its own doing. With `--secret-via stdin` or `fd` it is in no environment at all.
 * - What somebody types on a command line is there until `keyturn` has covered it with its name, before it does
 *   anything; what he exports is in the environment of that process, and of no other file or process.
 * - A text in the place of an id, a name or a path is refused and not repeated where it is shaped as a key of a vendor
 *   that is known, and in `keys add` where it has 8 characters of the pasted key. Of any other text nobody can tell
 *   that it is a key.
 * - Whoever makes Node itself write down its memory or its traffic gets that: a core dump, a heap snapshot, an
 *   inspector that was asked for on the command line, `NODE_DEBUG=stream` in an embedding service. `keyturn` writes no
 *   diagnostic report and does nothing with NODE_DEBUG set; the library keeps the key out of what http, https, net and
 *   tls print.
 * - Memory is not searched, but for Node's pool of small buffers: every buffer that was cut from it leads to all of it.
 */
export const canaries: TrustCheck = {
  name: 'canaries',
  promise: 'We never display the full text of any saved key (last 4 characters only).',
  run: runWith(PER_ROUND),
  faulty,
};
