/** What vendors' keys have in common: how they begin, and OpenAI's mark in the middle. Sources: `docs/vendors.md`. */
const COMMON = new RegExp(
  '^(?:sk-ant-(?:api|admin)\\d\\d-|sk-proj-|sk-svcacct-|sk-admin-|sk-or-v1-|AIzaSy|AQ\\.|gsk_|xai-|ABSK' +
    '|bedrock-api-key-|sk-)|T3BlbkFJ',
  'g',
);

/** The parts of a key that are no secret, since every key of its vendor has them: from, up to. */
export const fixedPartsOf = (key: string): ReadonlyArray<readonly [number, number]> =>
  [...key.matchAll(COMMON)].map(({ 0: part, index }) => [index, index + part.length] as const);
