// Holds the OpenAPI document, and the types of a client that are made of it, against what is built.
// Usage: node scripts/openapi.mjs [--write] (with everything built; --write writes them anew, for review)
import openapiTypescript, { astToString } from 'openapi-typescript';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import prettier from 'prettier';

const { openApiDocument } = createRequire(import.meta.url)('../packages/http/dist/index.js');
const write = process.argv.includes('--write');

const document = openApiDocument();
const formatted = async (text, filepath) =>
  prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });

const types = `// Made by openapi-typescript of docs/openapi.json. Do not edit: node scripts/openapi.mjs --write
${astToString(await openapiTypescript(document, { alphabetize: true }))}`;

const files = {
  'docs/openapi.json': JSON.stringify(document, null, 2),
  'packages/proofs/src/demo/apiTypes.ts': types,
};

for (const [path, text] of Object.entries(files)) {
  const wanted = await formatted(text, path);
  if (write) {
    writeFileSync(path, wanted);
    continue;
  }
  let found = null;
  try {
    found = readFileSync(path, 'utf8');
  } catch {
    // It is not there: that is told below.
  }
  console.log(`${path}: ${found === wanted ? 'as reviewed' : 'CHANGED: node scripts/openapi.mjs --write'}`);
  if (found !== wanted) process.exitCode = 1;
}
