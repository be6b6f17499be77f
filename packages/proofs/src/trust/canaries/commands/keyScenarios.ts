import { anyPaste } from '../pastes';
import { anyAnswer, anyVendor } from '../vendorAnswers';
import type { CommandScenario } from './scenario';

const rotation: CommandScenario = {
  name: 'a rotation, and everything that can be looked at',
  play: async ({ add, round, run, workspace }) => {
    const at = ['--workspace', workspace];
    const [old, fresh] = [await add(), await add()];
    const commands: ReadonlyArray<ReadonlyArray<string>> = [
      ['keys', 'list', ...at],
      ['keys', 'validate', old.keyId, ...at],
      ['keys', 'set-default', fresh.keyId, ...at],
      ['keys', 'set-default', fresh.keyId, '--project', 'p', ...at],
      ['runs', 'start', 'r1', ...at],
      ['keys', 'delete', '--yes', old.keyId, ...at],
      ['keys', 'delete', '--yes', fresh.keyId, ...at],
      ['runs', 'list', ...at],
      ['audit', 'list', ...at],
      ['history', ...at],
      ['projections', 'rebuild', 'audit-log'],
      ['keys', 'hard-delete', '--yes', fresh.keyId, '--case', 'CASE-1', ...at],
      ['runs', 'finish', 'r1', ...at],
    ];
    for (const words of commands) if (round.random.chance(0.5)) await run(words);
    const again = round.random.pick([old.canary, fresh.canary]);
    await run(['keys', 'add', ...at, '--vendor', 'anthropic'], { input: again.content });
  },
};

const answers: CommandScenario = {
  name: 'keys of any kind, and vendors that answer anything',
  play: async ({ round, run, workspace }) => {
    for (let n = 0; n < 2; n += 1) {
      const vendor = anyVendor(round.random);
      const { content } = round.keyOf(vendor, anyAnswer(round.random));
      const words = ['keys', 'add', '--workspace', workspace, '--vendor', vendor, '--vendor-is-certain'];
      await run(words, { input: `${content}\n` });
    }
  },
};

const pastes: CommandScenario = {
  name: 'pastes that are refused',
  play: async ({ round, run, workspace }) => {
    for (let n = 0; n < 3; n += 1) {
      const { content } = round.canary();
      const paste = anyPaste(round.random, content);
      const input = round.random.chance(0.2) ? Buffer.from(`${paste}\u00e4\u00ff`, 'latin1') : paste;
      const words = ['keys', 'add', '--workspace', workspace, '--vendor', anyVendor(round.random)];
      await run([...words, ...(round.random.chance(0.3) ? ['--clean'] : [])], { input });
    }
  },
};

/** What a label may not hold is said by the check of the library; here it has come in by the command line. */
const labels: CommandScenario = {
  name: 'a key that is its own label',
  play: async ({ round, run, workspace }) => {
    const canary = round.keyOf('openai', 'valid', 'OpenAI project key');
    const part = canary.content.slice(0, 60);
    const words = ['keys', 'add', '--workspace', workspace, '--vendor', 'openai', '--label', part];
    await run(words, { input: canary.content, typed: [canary] });
  },
};

export const keyScenarios: ReadonlyArray<CommandScenario> = [labels, rotation, answers, pastes];
