import { clientPrototype } from '../postgresDriver';
import { wrap } from './wrap';
import type { BeforeWrite } from './writes';

/** The vault's own tests see to it that its sessions ask for `synchronous_commit`. */
const ASKED_FOR = (): boolean => true;

const CHANGES = /(?<!FOR )\b(INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|TRUNCATE)\s+(?!SET\b)"?(\w+)"?/gi;
const ALONE = /^\s*(?:SELECT )?(VACUUM|CHECKPOINT|pg_switch_wal)\b/i;

const labelsOf = (text: string): ReadonlyArray<string> => [
  ...[...text.matchAll(CHANGES)].map(
    ([, verb = '', table = '']) => `${(verb.split(' ')[0] ?? '').toLowerCase()} ${table}`,
  ),
  ...[ALONE.exec(text)].flatMap((found) => found?.[1] ?? []),
];

const textOf = (query: unknown): string => {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : '';
  return typeof text === 'string' ? text : '';
};

/**
 * Wraps the PostgreSQL driver in this process: every statement that changes something is announced before it is sent;
 * of a transaction, which changes nothing before its end, only the commit.
 */
export const watchPostgresWrites = (before: BeforeWrite): void => {
  const pending = new WeakMap<object, Set<string>>();
  wrap(clientPrototype(), ['query'], (self, [query]) => {
    if (typeof self !== 'object' || self === null) return;
    const text = textOf(query);
    const labels = pending.get(self);
    if (/^\s*BEGIN\b/i.test(text)) pending.set(self, new Set());
    else if (/^\s*(COMMIT|ROLLBACK)\b/i.test(text)) {
      pending.delete(self);
      if (/^\s*COMMIT\b/i.test(text) && labels !== undefined && labels.size > 0) {
        before(`vault: commit ${[...labels].join(' + ')}`, ASKED_FOR);
      }
    } else {
      const found = labelsOf(text);
      if (labels !== undefined) for (const label of found) labels.add(label);
      else if (found.length > 0) before(`vault: ${found.join(' + ')}`, ASKED_FOR);
    }
  });
};
