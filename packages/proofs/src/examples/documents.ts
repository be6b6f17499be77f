import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { examplesOf, inPlace, typeScriptOf } from './codeBlocks';
import type { ShownModule } from './compiled';

const REPOSITORY = resolve(__dirname, '../../../..');

/** Written by a tool, and compiled by it. */
const GENERATED = join(REPOSITORY, 'docs/api');

/** The packages whose face is promised, by folder: what is imported of each. */
const PROMISED: Readonly<Record<string, ReadonlyArray<string>>> = {
  keyturn: ['keyturn'],
  domain: ['@keyturn/domain'],
  'event-store': ['@keyturn/event-store', '@keyturn/event-store/contract'],
  vendors: ['@keyturn/vendors', '@keyturn/vendors/sandbox'],
  http: ['@keyturn/http'],
  'operator-credentials': ['@keyturn/operator-credentials'],
};

const filesUnder = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return path === GENERATED ? [] : filesUnder(path);
  });

const named = (path: string): string => relative(REPOSITORY, path);

/** Every document that may show TypeScript. */
const documents = (): ReadonlyArray<string> => [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((name) => join(REPOSITORY, name)),
  ...readdirSync(join(REPOSITORY, 'packages'))
    .map((name) => join(REPOSITORY, 'packages', name, 'README.md'))
    .filter((path) => existsSync(path)),
  ...filesUnder(join(REPOSITORY, 'docs')).filter((path) => path.endsWith('.md')),
];

/** The TypeScript of every document, a module for each document. */
export const documentModules = (): ReadonlyArray<ShownModule> =>
  documents()
    .map((path) => ({ name: named(path), blocks: typeScriptOf(readFileSync(path, 'utf8')) }))
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ name, blocks }) => ({ name, text: inPlace(blocks) }));

const load = createRequire(__filename);

/** On one line, so that the example keeps its own. */
const importsOf = (entries: ReadonlyArray<string>): string =>
  entries
    .map((entry) => {
      const exported: unknown = load(entry);
      const names = typeof exported === 'object' && exported !== null ? Object.keys(exported) : [];
      return `import { ${names.join(', ')} } from '${entry}';`;
    })
    .join(' ');

/** The examples in the doc comments of the promised faces. Each may use whatever its package exports. */
export const exampleModules = (): ReadonlyArray<ShownModule> =>
  Object.entries(PROMISED).flatMap(([folder, entries]) => {
    const imports = importsOf(entries);
    return filesUnder(join(REPOSITORY, 'packages', folder, 'src'))
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .flatMap((path) =>
        examplesOf(readFileSync(path, 'utf8')).map((block) => ({
          name: `${named(path)}#${block.line}`,
          text: `${imports}${inPlace([block])}`,
        })),
      );
  });
