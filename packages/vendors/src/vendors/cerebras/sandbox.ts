import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `csk-${randomText(48).toLowerCase()}`,
  mask: (key) => `${key.slice(0, 4)}…${key.slice(-4)}`,
  newRequestId: () => randomText(32).toLowerCase(),
  maxTokensAt: 'max_completion_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : "property 'messages' is missing";
  },
  badRequest,
  hasModel: (model) => /^[a-z0-9.-]+$/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers: [],
};
