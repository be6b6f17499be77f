#!/usr/bin/env node
'use strict';
// Ahead of all the rest: until it is handled, this signal has Node open its inspector.
process.on('SIGUSR1', () => undefined);
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const built = join(__dirname, '..', 'bundle', 'index.js');
if (existsSync(built)) {
  const { guardTerminal, enableCompileCache } = require('../bundle/firstInstant.js');
  guardTerminal(process);
  // Ahead of what is loaded from now on: it is for that.
  enableCompileCache(process.env);
  void require(built).runProcess();
} else {
  process.stderr.write('keyturn: it is not built yet. Run: pnpm build\n');
  process.exitCode = 3;
}
