#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'dist', 'index.js');
if (existsSync(built)) {
  // Ahead of all the rest: it is for what is loaded from now on.
  require('../dist/compileCache.js').enableCompileCache(process.env);
  void require(built).runProcess();
} else {
  process.stderr.write('keyturn: it is not built yet. Run: pnpm build\n');
  process.exitCode = 3;
}
