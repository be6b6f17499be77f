import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, killCheckAnswers, noSuchModel } from './answers';
import { rejected } from './refusals';
import { sandboxAdmin } from './sandboxAdmin';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `AQ.${randomText(50)}`,
  mask: (key) => `${key.slice(0, 6)}...${key.slice(-4)}`,
  newRequestId: () => randomText(22),
  maxTokensAt: 'generationConfig.maxOutputTokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const contents = field(body, 'contents');
    return Array.isArray(contents) && contents.length > 0
      ? null
      : '* GenerateContentRequest.contents: contents is not specified';
  },
  badRequest,
  hasModel: (model) => model.startsWith('gemini-'),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers,
  admin: sandboxAdmin,
};
