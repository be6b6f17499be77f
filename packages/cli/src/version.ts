import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const packageJson: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));

/** Of this package, as `package.json` has it. */
export const version: string =
  typeof packageJson === 'object' &&
  packageJson !== null &&
  'version' in packageJson &&
  typeof packageJson.version === 'string'
    ? packageJson.version
    : '';
