import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPlace, examplesOf, typeScriptOf } from './codeBlocks';
import { compile, type Compiled } from './compiled';
import { documentModules, exampleModules } from './documents';
import { runProgram, runWithGiven } from './running';

let compiled: Compiled;
beforeAll(() => {
  const faulty = { name: 'faulty.md', text: "\n\nconst three: string = 3;\nimport 'no-such-package';" };
  compiled = compile([...documentModules(), ...exampleModules(), faulty]);
});

describe('the TypeScript of documents and doc comments', () => {
  test('is found', () => {
    expect(documentModules().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['README.md', 'docs/embedding.md', 'packages/keyturn/README.md']),
    );
    expect(exampleModules().map(({ name }) => name)).toContainEqual(
      expect.stringContaining('packages/keyturn/src/openKeyturn.ts'),
    );
  });

  test('compiles, and what does not is told by document and line', () => {
    expect(compiled.complaints).toEqual([
      "faulty.md:3: Type 'number' is not assignable to type 'string'.",
      expect.stringMatching(/^faulty\.md:4: .*no-such-package/),
    ]);
  });

  test('keeps its lines', () => {
    const document = 'text\n```ts\nfirst\n```\n\n```sh\nnone\n```\n```ts\nsecond\nthird\n```\n';
    expect(inPlace(typeScriptOf(document)).split('\n')).toEqual([
      ...['', '', 'first', '', '', '', '', '', '', 'second', 'third', ''],
    ]);
    const source =
      '/** No example. */\n  /**\n   * Text.\n   *\n   * @example\n   * shown\n   *\n   * @throws it\n   */\n';
    expect(inPlace(examplesOf(source))).toBe('\n\n\n\n\nshown\n\n');
  });
});

describe('run', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'keyturn-document-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  test("F-A4, F-A8: the README's program hands the key over, ends well, and so does its second start", async () => {
    const program = compiled.javaScriptOf('README.md');
    for (const start of ['first', 'second']) {
      const { status, stdout, stderr } = await runProgram(program, cwd);
      expect({ start, status, stderr }).toEqual({ start, status: 0, stderr: '' });
      expect(stdout).toMatch(/^anthropic ….{4}: x-api-key\n$/);
    }
  });

  const INITIALISED =
    "import { initKeyturn } from 'keyturn';\n" +
    "await initKeyturn({ directory: './keyturn-data', masterKey: { file: './keyturn-data.master-key' } });\n";

  test.each([
    ['packages/keyturn/README.md', INITIALISED, ['· Default accepted', 'compiled with x-api-key']],
    ['docs/embedding.md', '', ['· Default accepted', 'unknown-key', 'anthropic …', '0 open', 'ok reachable']],
    ['packages/domain/README.md', '', ["[ 'KeyAdded', 'DefaultChanged' ]"]],
    ['packages/event-store-sqlite/README.md', '', []],
    ['packages/projections/README.md', '', []],
  ])('%s', async (name, before, shown) => {
    const ran = await runWithGiven(compiled.javaScriptOf(name), cwd, before);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    for (const text of shown) expect(ran.stdout).toContain(text);
  });
});
