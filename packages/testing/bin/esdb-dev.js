#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'esdb', 'dev', 'index.js');
if (existsSync(built)) {
  void require(built).main(process.argv.slice(2));
} else {
  process.stderr.write('esdb-dev: it is not built yet. Run: pnpm build\n');
  process.exitCode = 3;
}
