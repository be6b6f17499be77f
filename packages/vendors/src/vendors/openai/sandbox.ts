import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel, rejected } from './answers';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `sk-proj-${randomText(74)}T3BlbkFJ${randomText(74)}`,
  mask: (key) => `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`,
  newRequestId: () => `req_${randomText(32).toLowerCase()}`,
  maxTokensAt: 'max_output_tokens',
  leastTokens: 16,
  refusal: (_headers, body) => {
    const input = field(body, 'input');
    return typeof input === 'string' && input !== '' ? null : "Missing 'input'.";
  },
  badRequest,
  hasModel: (model) => /^(gpt-|o\d)/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
