import { randomUUID } from 'node:crypto';
import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel, rejected } from './answers';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `xai-${randomText(80)}`,
  mask: (key) => `${key.slice(0, 2)}***${key.slice(-2)}`,
  newRequestId: () => randomUUID(),
  maxTokensAt: 'max_completion_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : 'Messages must not be empty';
  },
  badRequest,
  hasModel: (model) => model.startsWith('grok-'),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
