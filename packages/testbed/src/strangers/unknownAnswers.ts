import fc from 'fast-check';
import type { GivenAnswer } from './strangerServer';

/** A code that no vendor has. */
const code = fc.stringMatching(/^zz_[a-z]{3,12}$/);

/** What gateways say, in words that no vendor has of its own. */
const words = fc.oneof(
  fc.constantFrom(
    'Forbidden',
    'Access denied',
    'Invalid API key',
    'Incorrect API key',
    'Payment required',
    'Quota exceeded',
    'Too many requests',
    'The model was not found',
    'Your key was blocked by the gateway',
    'rate limit',
    'billing',
    '{"error":{"message":"within"}}',
  ),
  fc.string({ maxLength: 80 }),
);

const wrong = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.constant([]),
  fc.constant({}),
  fc.array(code, { maxLength: 3 }),
);

const told = fc.record(
  {
    message: fc.oneof({ weight: 4, arbitrary: words }, wrong),
    type: fc.oneof({ weight: 4, arbitrary: code }, wrong),
    code: fc.oneof({ weight: 4, arbitrary: code }, wrong),
    status: fc.oneof(code, wrong),
    param: wrong,
    details: fc.oneof(fc.array(fc.record({ reason: code, domain: words }), { maxLength: 3 }), wrong),
    metadata: fc.oneof(fc.dictionary(code, words, { maxKeys: 3 }), wrong),
    request_id: code,
  },
  { requiredKeys: [] },
);

/** JSON as gateways write it: an error within, beside or around others. */
const gatewaysJson = fc.oneof(
  told,
  told.map((error) => ({ error })),
  told.map((error) => ({ type: 'zz_error', error })),
  fc.tuple(code, told).map(([id, error]) => ({ id, error })),
  fc.tuple(words, told).map(([error, beside]) => ({ ...beside, error })),
  told.map((error) => ({ fault: error })),
  told.map((error) => ({ detail: error })),
  fc.array(told, { maxLength: 3 }).map((errors) => ({ errors, success: false })),
  told.map((error) => [{ error }]),
  told.map((error) => ({ object: 'zz_response', status: 'completed', choices: [], content: [], error })),
  told.map((error) => JSON.stringify({ error })),
);

const nested = fc
  .tuple(
    fc.constantFrom('[', '{"error":', '{"a":[', '{"message":{"error":'),
    fc.integer({ min: 50, max: 12_000 }),
  )
  .map(([open, times]) => open.repeat(Math.ceil(times / open.length)));

/** As the unit 'binary', which takes most of a second to be made. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

const body = fc.oneof(
  { weight: 6, arbitrary: gatewaysJson.map((json) => JSON.stringify(json)) },
  // Cut anywhere, and with something before it.
  fc
    .tuple(gatewaysJson, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([json, part]) => JSON.stringify(json).slice(0, -1 - Math.floor(part * 20))),
  gatewaysJson.map((json) => `)]}'\n${JSON.stringify(json)}`),
  fc.json({ maxDepth: 6 }).filter((json) => !json.includes('error')),
  words.map((text) => `<!DOCTYPE html><html><title>${text}</title><body>${text}</body></html>`),
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.constantFrom('', ' ', 'null', 'true', '0', '""', '[]', '{}', '\u0000', '\uFEFF{}'),
  nested,
  // Longer than any answer that is read.
  {
    weight: 1,
    arbitrary: words.map((text) => JSON.stringify({ error: { message: text.padEnd(70_000, '.') } })),
  },
);

/** Answers that no vendor has ever given: any status, and whatever a gateway, a proxy or a broken one may write. */
export const unknownAnswers: fc.Arbitrary<GivenAnswer> = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  headers: fc.record(
    {
      'content-type': fc.constantFrom('application/json', 'text/html', 'application/problem+json', ''),
      'retry-after': fc.constantFrom('0', '7', '3600', 'soon', '-1'),
      'x-request-id': code,
      'request-id': code,
      'x-amzn-errortype': code,
    },
    { requiredKeys: [] },
  ),
  body,
});
