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

const adminOf = (vendor: string) =>
  knownVendors()
    .profiles()
    .find((profile) => profile.vendor === vendor)?.admin;

test('what a customer’s admin credential can do is said where the vendor has calls for it', () => {
  expect(adminOf('openai')).toMatchObject({
    place: 'project',
    list: 'GET https://api.openai.com/v1/organization/projects/{place}/api_keys',
    revoke: 'DELETE https://api.openai.com/v1/organization/projects/{place}/api_keys/{key}',
    undo: null,
    notRevocable: expect.stringContaining('service account'),
    usage: ['GET https://api.openai.com/v1/organization/usage/completions'],
  });
  expect(adminOf('google-gemini')).toMatchObject({
    undo: 'gcloud services api-keys undelete with the id of the key, for 30 days',
    usage: [],
  });
  expect(adminOf('groq')).toBeNull();
});
