import fs from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import type { BeforeWrite } from './writes';

/** A file that is not named yet is called by chance. */
const nameOf = (path: string): string => (basename(path).endsWith('.partial') ? '(partial)' : basename(path));

const isFlushed = (): boolean => true;

/**
 * Wraps what makes, fills and names files in this process, so that each step is announced by a name such as
 * `file: link report.html`: of files below the directory TRUST_FILES alone, since the product keeps others, too.
 */
export const watchFileWrites = (before: BeforeWrite): void => {
  const isWatched = (path: unknown): path is string =>
    typeof path === 'string' &&
    dirname(path)
      .concat(sep)
      .startsWith(process.env['TRUST_FILES'] ?? '\0');

  /** Puts `told` in front of a method, and gives what it came to. */
  const exchange = (
    owner: object,
    name: string,
    told: (given: ReadonlyArray<unknown>) => void,
    made: (outcome: unknown, given: ReadonlyArray<unknown>) => void = () => undefined,
  ): void => {
    const method: unknown = Reflect.get(owner, name);
    if (typeof method !== 'function') throw new Error(`there is no ${name} to watch`);
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      value: function (this: unknown, ...given: ReadonlyArray<unknown>): unknown {
        told(given);
        const outcome: unknown = Reflect.apply(method, this, given);
        made(outcome, given);
        return outcome;
      },
    });
  };

  for (const name of ['link', 'rename'] as const) {
    exchange(fs, name, ([, to]) => {
      if (isWatched(to)) before(`file: ${name} ${nameOf(to)}`, isFlushed);
    });
  }
  for (const name of ['mkdir', 'rm'] as const) {
    exchange(fs, name, ([path]) => {
      if (isWatched(path)) before(`file: ${name} ${nameOf(path)}`, isFlushed);
    });
  }
  exchange(
    fs,
    'open',
    ([path, flags]) => {
      if (isWatched(path) && flags !== 'r') before(`file: open ${nameOf(path)}`, isFlushed);
    },
    (opening, [path, flags]) => {
      if (!isWatched(path) || flags === 'r' || !(opening instanceof Promise)) return;
      void opening.then(
        (file: unknown) => {
          if (typeof file !== 'object' || file === null) return;
          exchange(file, 'writeFile', () => before(`file: write ${nameOf(path)}`, isFlushed));
          exchange(file, 'sync', () => before(`file: sync ${nameOf(path)}`, isFlushed));
        },
        () => undefined,
      );
    },
  );
};
