// What benchmarks take for a vendor: every test call is accepted at once, and no byte leaves the machine.
import { createRequire } from 'node:module';

const { makeProber } = createRequire(import.meta.url)('../packages/vendors/dist/index.js');

export const accepting = {
  // The rest of it calls nobody.
  ...makeProber(),
  probe: () => async () => ({
    verdict: { kind: 'accepted', condition: 'completed' },
    callStartedAt: Date.now(),
    attempts: 1,
    evidence: { status: 200, code: null, requestId: null, latencyMs: 1 },
  }),
};
