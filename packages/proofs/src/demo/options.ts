import { parseArgs } from 'node:util';
import { STORES } from './chosenStore';

/** What the demonstration was asked for. */
export interface DemoOptions {
  readonly store: string;
  /** The folder that is kept; null when nothing is. */
  readonly keep: string | null;
}

const USUAL_FOLDER = 'keyturn-demo';

export const HELP = `Tells the story of a key rotation, for real: sealing, test calls over HTTP, events on disk,
read models.

Usage: scripts/demo [--keep [DIR]] [--store ${STORES}]

  --keep    keeps what the story leaves, in a new folder (${USUAL_FOLDER} when none is named), and says what to type
            next
  --store   where the events go: embedded (SQLite, the default), eventstoredb (a server for development that is started
            for the demonstration, so nothing of it can be kept), or the connection string of a server without keyrings

Exit status: 0 when every step showed what is promised, 1 when one did not, 2 for a wrong option.`;

const parsed = (words: ReadonlyArray<string>) =>
  parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      store: { type: 'string', default: 'embedded' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });

/** `help` when that was asked for, `wrong` when the options are none. */
export const demoOptions = (words: ReadonlyArray<string>): DemoOptions | 'help' | 'wrong' => {
  try {
    const { values, positionals } = parsed(words);
    if (values.help) return 'help';
    const { keep, store } = values;
    // A folder goes with --keep alone, and a server that ends with the story keeps nothing.
    if (positionals.length > (keep ? 1 : 0) || (keep && store === 'eventstoredb')) return 'wrong';
    return { store, keep: keep ? (positionals[0] ?? USUAL_FOLDER) : null };
  } catch {
    return 'wrong';
  }
};
