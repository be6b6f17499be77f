import { parseArgs } from 'node:util';

/** What a run of the checks was asked for. */
export interface TrustArguments {
  /** How long the checks may take together, in milliseconds. */
  readonly durationMs: number;
  /** Names of the checks to run; all when empty. */
  readonly only: ReadonlyArray<string>;
  readonly seed: number;
  readonly json: boolean;
  /** Not the product, but faulty parts in its places: the checks have to find out each. */
  readonly faulty: boolean;
  /** Honest commands that are to raise no alarm; undefined: each check's own share. */
  readonly commands: number | undefined;
}

const USUAL_MINUTES = 8;
const MINUTE_MS = 60_000;

export const HELP = `Puts promises that customers can't see for themselves to the test, on the real parts.

Usage: scripts/trust [--minutes N | --hours N] [--faulty] [--only NAME,…] [--commands N] [--seed N] [--json]

  --minutes N   how long the checks may take together (${USUAL_MINUTES}); each does one round in any case, and
                every-state all of it (some 4 minutes)
  --hours N     the same for a soak
  --faulty      shows that the checks can fail: puts faulty parts in the places of the product's own, one after the
                other, and runs the check that must find out, for two minutes each at most
  --only NAME   these checks alone, by name
  --commands N  honest commands that forgery plays to see that none raises an alarm, however long that takes
  --seed N      repeats what was generated in an earlier run
  --json        one JSON document on standard output

Checks of the vault in PostgreSQL start servers of their own. Where its programs are missing they are left out, and the
result says so; with CI set they can't be run, and fail.

Exit status: 0 when nothing was violated, 1 when something was (or a faulty part was not found out), 2 for a wrong
option, 3 when a check could not be run.`;

/** Why the arguments are not ones that this command takes. */
export class WrongArguments extends Error {}

const positive = (name: string, text: string): number => {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new WrongArguments(`--${name} takes a number above 0.`);
};

const seedOf = (text: string | undefined): number => {
  if (text === undefined) return Math.floor(Math.random() * 2 ** 31);
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  throw new WrongArguments('--seed takes a whole number from 0 to 2147483647.');
};

const parsed = (words: ReadonlyArray<string>) => {
  try {
    return parseArgs({
      args: [...words],
      options: {
        minutes: { type: 'string' },
        hours: { type: 'string' },
        only: { type: 'string' },
        commands: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        faulty: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : 'These arguments make no sense.');
  }
};

/** Reads the command line; null when help was asked for. @throws WrongArguments */
export const trustArguments = (
  words: ReadonlyArray<string>,
  names: ReadonlyArray<string>,
): TrustArguments | null => {
  const { minutes, hours, only, commands, seed, json, faulty, help } = parsed(words);
  if (help) return null;
  if (minutes !== undefined && hours !== undefined) {
    throw new WrongArguments('--minutes or --hours, not both.');
  }
  const wanted = (only ?? '').split(',').filter((name) => name !== '');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined || only === '') {
    throw new WrongArguments(`--only takes ${names.join(', ')}.`);
  }
  return {
    durationMs:
      hours === undefined
        ? positive('minutes', minutes ?? String(USUAL_MINUTES)) * MINUTE_MS
        : positive('hours', hours) * 60 * MINUTE_MS,
    only: wanted,
    seed: seedOf(seed),
    json,
    faulty,
    commands: commands === undefined ? undefined : Math.ceil(positive('commands', commands)),
  };
};
