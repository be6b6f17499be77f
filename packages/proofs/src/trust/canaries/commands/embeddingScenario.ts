import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { anyAnswer } from '../vendorAnswers';
import { outputOf } from './output';
import type { CommandScenario } from './scenario';

/** Built: a process of its own reads no sources. */
const PROBER = join(
  __dirname,
  ...['..', '..', '..', '..', 'dist', 'trust', 'canaries', 'commands', 'proberProcess.js'],
);

/**
 * The rule: of what NODE_DEBUG makes Node print, that of http, https, net and tls has nothing of a key; but for what a
 * vendor answers that is no HTTP at all, which Node prints with the error of its parser.
 */
export const embeddingWithNodeDebug: CommandScenario = {
  name: 'an embedding service with NODE_DEBUG',
  play: async ({ round, env }) => {
    const NODE_DEBUG = round.random.pick(['http,https,net,tls', 'http', 'net', 'timer,http,tls']);
    const answer = anyAnswer(round.random);
    const canary = round.keyOf('anthropic', answer === 'echoes-key-raw' ? 'reset' : answer);
    const child = spawn(process.execPath, [PROBER, round.sandbox.url], { env: { ...env, NODE_DEBUG } });
    round.counts['processes run'] += 1;
    child.stdin.end(canary.content);
    const speaking = Promise.all([outputOf(child.stdout), outputOf(child.stderr)]);
    await once(child, 'close');
    const [stdout, stderr] = await speaking;
    if (!stdout.includes('verdict')) throw new Error(`The prober's process failed:\n${stderr.toString()}`);
    round.tell('standard output', stdout);
    round.tell('standard error', stderr);
  },
};
