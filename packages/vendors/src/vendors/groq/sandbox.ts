import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `gsk_${randomText(52)}`,
  mask: (key) => `${key.slice(0, 4)}***${key.slice(-4)}`,
  // Its ids have no i, l, o and u.
  newRequestId: () =>
    `req_01${randomText(24)
      .toLowerCase()
      .replace(/[ilou]/g, '0')}`,
  maxTokensAt: 'max_completion_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0
      ? null
      : "'messages' : minimum number of items is 1";
  },
  badRequest,
  hasModel: (model) => /^(openai\/gpt-oss|qwen\/|llama-)/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
};
