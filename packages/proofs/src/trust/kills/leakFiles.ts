import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './leakOrders';
import type { Place } from './place';

const SUMS = 'SHA256SUMS';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether a file is whole, by the end of its name. */
const WHOLE: Readonly<Record<string, (text: string) => boolean>> = {
  '.html': (text) => /^<!doctype html>/i.test(text) && text.trimEnd().endsWith('</html>'),
  '.json': isJson,
  '.jsonl': (text) => text === '' || (text.endsWith('\n') && text.trimEnd().split('\n').every(isJson)),
  'certificate.txt': (text) => text.endsWith('\n'),
};

const wrongSums = (directory: string): ReadonlyArray<string> =>
  readFileSync(join(directory, SUMS), 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [sum, name = ''] = line.split('  ');
      const file = join(directory, name);
      const found = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'none';
      return found === sum ? [] : [`${name} is not what ${SUMS} has of it`];
    });

/** Certificates of one key, which are the same whenever they are made. */
const unlike = (texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  new Set(texts).size > 1 ? ['a certificate is not what another one of the same key is'] : [];

/** What commands wrote, and is half of it under the name of the whole. */
export const halfFiles = (place: Place): ReadonlyArray<string> => {
  const root = filesOf(place);
  if (!existsSync(root)) return [];
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const text = ({ name, parentPath }: (typeof files)[number]): string =>
    readFileSync(join(parentPath, name), 'utf8');
  const certificates = files.filter(({ name }) => name.endsWith('-certificate.txt'));
  const halves = files.flatMap((file) => {
    const { name, parentPath } = file;
    if (name.endsWith('.partial')) return [];
    if (name === SUMS) return wrongSums(parentPath);
    const [, isWhole = null] = Object.entries(WHOLE).find(([end]) => name.endsWith(end)) ?? [];
    if (isWhole === null) return [`${name} is a file that nobody asked for`];
    return isWhole(text(file)) ? [] : [`${name} is no more than a part`];
  });
  return [...halves, ...unlike(certificates.map(text))];
};
