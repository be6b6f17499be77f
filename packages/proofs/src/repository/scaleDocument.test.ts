import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../../..');

test('SC-4: every curve has a place in docs/scale.md that a command fills, and every place has a curve', () => {
  const curves = readdirSync(join(REPOSITORY, 'packages/proofs/bench/scale'))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -'.mjs'.length));
  const document = readFileSync(join(REPOSITORY, 'docs/scale.md'), 'utf8');
  const places = [...document.matchAll(/^<!-- curve: (\S+) -->\n\n[^]*?^<!-- end: \1 -->$/gm)].map(
    ([, name]) => name,
  );
  expect(places.sort()).toEqual(curves.sort());
});
