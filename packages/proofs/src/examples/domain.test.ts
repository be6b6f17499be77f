import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decideAndEncode } from './domain';

const PACKAGES = join(__dirname, '../../..');

test("the example of the domain's README stands there to the letter", () => {
  const readme = readFileSync(join(PACKAGES, 'domain/README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${readFileSync(join(__dirname, 'domain.ts'), 'utf8')}\`\`\``);
});

test('it gives the events of a first key', () => {
  expect(decideAndEncode(Date.UTC(2026, 10, 23)).map(({ type }) => type)).toEqual([
    'KeyAdded',
    'DefaultChanged',
  ]);
});
