import { calledAs } from '../../sandbox/calledAs';
import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import type { SandboxVendor } from '../../sandbox/sandboxVendor';
import { answers, badRequest, noSuchModel, rejected } from './answers';
import { table } from './table';

export const sandbox: SandboxVendor = {
  ...calledAs(table),
  newKey: () => `pplx-${randomText(48)}`,
  mask: (key) => `${key.slice(0, 5)}…${key.slice(-4)}`,
  newRequestId: () => randomText(32).toLowerCase(),
  maxTokensAt: 'max_output_tokens',
  leastTokens: 1,
  refusal: (_headers, body) => {
    const input = field(body, 'input');
    return typeof input === 'string' && input !== '' ? null : 'input is required';
  },
  badRequest,
  hasModel: (model) => /^[a-z]+\/[a-z0-9.-]+$/.test(model),
  noSuchModel,
  unknownKey: rejected,
  answers,
  killCheckAnswers: [],
};
