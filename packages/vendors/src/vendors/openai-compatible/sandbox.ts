import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `sk-${randomText(40)}`,
  mask: (key) => `${key.slice(0, 3)}${'*'.repeat(8)}${key.slice(-4)}`,
  newRequestId: () => randomText(24),
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : "Missing required parameter: 'messages'.";
  },
  badRequest,
  hasModel: () => true,
  noSuchModel,
  unknownKey: rejected,
  killCheckAnswers: [],
  answers,
};
