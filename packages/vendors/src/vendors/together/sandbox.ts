import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `tgp_v1_${randomText(43)}`,
  mask: (key) => `${key.slice(0, 7)}…${key.slice(-4)}`,
  newRequestId: () => `o${randomText(6)}-${randomText(6)}-${randomText(16).toLowerCase()}`,
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : 'messages is required';
  },
  badRequest,
  hasModel: (model) => /^[A-Za-z0-9-]+\/[A-Za-z0-9.-]+$/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers: [],
};
