import { join } from 'node:path';
import type { Random } from '../random';

/** Options and variables that make a command, or what it is made of, say more. */
interface Talk {
  readonly words: ReadonlyArray<string>;
  readonly env: Readonly<Record<string, string>>;
}

const REPORTS =
  '--report-uncaught-exception --report-on-fatalerror --report-on-signal --report-signal=SIGUSR2 --report-directory=';
const NODE_OPTIONS: readonly [string, ...string[]] = [
  '',
  '--trace-warnings --trace-uncaught --trace-exit --stack-trace-limit=200',
  '--enable-source-maps --trace-deprecation --trace-sigint',
];

/** Asks Node for a report of every crash, and of SIGUSR2, into a directory that is searched. */
export const reporting = (directory: string): { readonly NODE_OPTIONS: string } => ({
  NODE_OPTIONS: `${REPORTS}${join(directory, 'reports')}`,
});

/** Never Node's own debugging of its streams and processes: that is a scenario of its own. */
export const anyTalk = (random: Random, directory: string): Talk => ({
  words: [...(random.chance(0.6) ? ['--verbose'] : []), ...(random.chance(0.3) ? ['--json'] : [])],
  env: {
    ...(random.chance(0.7) ? { KEYTURN_DEBUG: '1' } : {}),
    ...(random.chance(0.5) ? { DEBUG: '*', GRPC_TRACE: 'all', GRPC_VERBOSITY: 'DEBUG' } : {}),
    ...(random.chance(0.4) ? reporting(directory) : { NODE_OPTIONS: random.pick(NODE_OPTIONS) }),
  },
});
