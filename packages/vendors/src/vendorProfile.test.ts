import { expect, test } from '@jest/globals';
import { knownVendors } from './knownVendors';

test.each([
  ['anthropic', 'rejected'],
  ['azure-openai', 'rejected, or one of another endpoint'],
  ['aws-bedrock', 'rejected, or one of another region'],
  ['google-gemini', 'rejected, or one of another kind'],
  ['openai', 'rejected, or one of a suspended account'],
  ['perplexity', 'rejected, or one without credit'],
])('what %s does not tell apart is said as both: %s', (vendor, outcome) => {
  const outcomes = knownVendors()
    .profiles()
    .find((profile) => profile.vendor === vendor)
    ?.answers.map((answer) => answer.outcome);
  expect(outcomes).toContain(outcome);
});
