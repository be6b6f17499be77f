#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'esdb', 'dev', 'main.js');
if (existsSync(built)) {
  require(built);
} else {
  process.stderr.write('esdb-dev: it is not built yet. Run: pnpm build\n');
  process.exitCode = 3;
}
