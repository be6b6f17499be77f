import { randomBytes } from 'node:crypto';
import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `sk-${randomBytes(16).toString('hex')}`,
  mask: (key) => `****${key.slice(-4)}`,
  newRequestId: () => randomBytes(16).toString('hex'),
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : 'Empty input messages';
  },
  badRequest,
  hasModel: (model) => model.startsWith('deepseek-'),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers: [],
};
