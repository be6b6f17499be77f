// Makes the types of a client of docs/openapi.json, with openapi-typescript. They lie in the working tree and not in
// git; what needs them is checked by tsc and eslint alone, and runs without them.
// Usage: node scripts/api-types.mjs
import openapiTypescript, { astToString } from 'openapi-typescript';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TYPES = join(ROOT, 'packages/proofs/src/demo/testSupport/apiTypes.ts');

const document = readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8');
const digest = createHash('sha256').update(document).digest('hex');
const head = `// Made by scripts/api-types.mjs of docs/openapi.json ${digest}\n`;

if (!existsSync(TYPES) || !readFileSync(TYPES, 'utf8').startsWith(head)) {
  const types = astToString(await openapiTypescript(JSON.parse(document), { alphabetize: true }));
  writeFileSync(`${TYPES}.new`, head + types);
  renameSync(`${TYPES}.new`, TYPES);
}
