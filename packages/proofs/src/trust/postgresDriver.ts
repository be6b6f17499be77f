import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The driver that the vault uses: this package has none. */
const VAULT = join(__dirname, '..', '..', '..', 'vault', 'package.json');

/** What all connections of this process to PostgreSQL have in common. */
export const clientPrototype = (): object => {
  const driver: unknown = createRequire(VAULT)('pg');
  const client: unknown =
    typeof driver === 'object' && driver !== null ? Reflect.get(driver, 'Client') : null;
  const prototype: unknown = typeof client === 'function' ? client.prototype : null;
  if (typeof prototype !== 'object' || prototype === null) throw new Error('There is no Client to watch.');
  return prototype;
};
