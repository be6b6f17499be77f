// Holds the OpenAPI document against what is built.
// Usage: node scripts/openapi.mjs [--write] (with everything built; --write writes it anew, for review)
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import prettier from 'prettier';

const { openApiDocument } = createRequire(import.meta.url)('../packages/http/dist/index.js');
const write = process.argv.includes('--write');

const PATH = 'docs/openapi.json';
const wanted = await prettier.format(JSON.stringify(openApiDocument(), null, 2), {
  ...(await prettier.resolveConfig(PATH)),
  filepath: PATH,
});

if (write) writeFileSync(PATH, wanted);
else {
  const isSame = existsSync(PATH) && readFileSync(PATH, 'utf8') === wanted;
  console.log(`${PATH}: ${isSame ? 'as reviewed' : 'CHANGED: node scripts/openapi.mjs --write'}`);
  if (!isSame) process.exitCode = 1;
}
