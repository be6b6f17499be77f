#!/usr/bin/env node
'use strict';
// Runs the vendor sandbox as a process: one JSON line with its address, then it serves until it is told to stop.
// Keys are had from POST /_sandbox/keys: see src/sandbox/controlEndpoint.ts.
const { startVendorSandbox } = require('../dist/sandbox/index.js');

startVendorSandbox({ port: Number(process.argv[2] ?? 0) }).then(
  (sandbox) => {
    process.stdout.write(`${JSON.stringify({ url: sandbox.url })}\n`);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void sandbox.close());
  },
  (error) => {
    process.stderr.write(`The vendor sandbox did not start: ${error.message}\n`);
    process.exitCode = 3;
  },
);
