import { randomBytes, randomUUID } from 'node:crypto';
import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

const newKey = (): string => {
  const text = `BedrockAPIKey-0000-at-111122223333:${randomBytes(33).toString('base64')}`;
  return `ABSK${Buffer.from(text).toString('base64')}`;
};

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey,
  mask: (key) => `****${key.slice(-4)}`,
  newRequestId: () => randomUUID(),
  maxTokensAt: 'inferenceConfig.maxTokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0
      ? null
      : '1 validation error detected: messages must have a length of at least 1';
  },
  badRequest,
  hasModel: (model) => /^(global\.)?(amazon|openai)\./.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers: [],
};
