import { randomBytes } from 'node:crypto';
import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel, rejected } from './answers';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `sk-or-v1-${randomBytes(32).toString('hex')}`,
  mask: (key) => `${key.slice(0, 12)}...${key.slice(-3)}`,
  newRequestId: () => `gen-1793084842-${randomText(20)}`,
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0
      ? null
      : 'Input required: specify "prompt" or "messages"';
  },
  badRequest,
  hasModel: (model) => model.includes('/'),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
