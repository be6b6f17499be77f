import type { Random } from '../random';

/** Options and variables that make a command, or what it is made of, say more. */
interface Talk {
  readonly words: ReadonlyArray<string>;
  readonly env: Readonly<Record<string, string>>;
}

const NODE_OPTIONS: readonly [string, ...string[]] = [
  '',
  '--trace-warnings --trace-uncaught --trace-exit --stack-trace-limit=200',
  '--enable-source-maps --trace-deprecation --trace-sigint',
];

/** Never Node's own debugging and reports, which the command refuses: that is a scenario of its own. */
export const anyTalk = (random: Random): Talk => ({
  words: [...(random.chance(0.6) ? ['--verbose'] : []), ...(random.chance(0.3) ? ['--json'] : [])],
  env: {
    ...(random.chance(0.7) ? { KEYTURN_DEBUG: '1' } : {}),
    ...(random.chance(0.5) ? { DEBUG: '*', GRPC_TRACE: 'all', GRPC_VERBOSITY: 'DEBUG' } : {}),
    NODE_OPTIONS: random.pick(NODE_OPTIONS),
  },
});
