// Preloaded by the processes that run mutants, whose working directory is a copy of the repository with every mutant in
// it: TypeScript is loaded as it is, and what the sources import leads to the copy's sources.
const Module = require('node:module');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const OWN = join(__dirname, '..', '..', 'dist', 'mutation');

/** In place of what jest gives its tests, and of fast-check with as many runs as a property wants. */
const REPLACED = new Map([
  ['@jest/globals', join(OWN, 'jestGlobals.js')],
  ['fast-check', join(OWN, 'briefFastCheck.js')],
]);

const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function (request, parent, ...rest) {
  if (!parent?.filename?.endsWith('.ts')) return resolveFilename.call(this, request, parent, ...rest);
  const ownPackage = /^@keyturn\/([^/]+)(\/[^/]+)?$/.exec(request);
  const source =
    ownPackage && join(process.cwd(), 'packages', ownPackage[1], 'src', ownPackage[2] ?? '', 'index.ts');
  if (source && existsSync(source)) return source;
  return REPLACED.get(request) ?? resolveFilename.call(this, request, parent, ...rest);
};

const compiled = new Map();

require.extensions['.ts'] = (module, filename) => {
  if (!compiled.has(filename)) {
    const { code } = transformFileSync(filename, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      // Stryker's packages are ES modules, which nothing but import() loads. (It would load our own packages as they were built,
      // without mutants: no target may import() them.)
      module: { type: 'commonjs', ignoreDynamic: true },
      swcrc: false,
    });
    compiled.set(filename, code);
  }
  module._compile(compiled.get(filename), filename);
};
