import { randomBytes } from 'node:crypto';
import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel, rejected } from './answers';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

/** A UUID of version 7, but for its time. */
const newRequestId = (): string =>
  randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-7$3-8$4-');

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => randomText(32),
  mask: (key) => `****${key.slice(-4)}`,
  newRequestId,
  maxTokensAt: 'max_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const messages = field(body, 'messages');
    return Array.isArray(messages) && messages.length > 0 ? null : 'Expected at least one message';
  },
  badRequest,
  hasModel: (model) => /^(mistral|ministral|open-mistral)-/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
