import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, error, killCheckAnswers, noSuchModel, rejected } from './answers';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `sk-ant-api03-${randomText(93)}AA`,
  mask: (key) => `${key.slice(0, 13)}...${key.slice(-4)}`,
  newRequestId: () => `req_011C${randomText(20)}`,
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (headers, body) => {
    if (headers['anthropic-version'] !== '2023-06-01') return 'anthropic-version: header is required';
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : 'messages: Field required';
  },
  badRequest,
  hasModel: (model) => model.startsWith('claude-'),
  noSuchModel,
  unknownKey: { ...rejected, body: error('authentication_error', 'invalid x-api-key: {masked}') },
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
