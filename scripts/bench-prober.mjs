// What benchmarks take for a vendor: every test call is accepted at once, and no byte leaves the machine.
export const accepting = {
  vendors: [{ vendor: 'anthropic', displayName: 'Anthropic' }],
  probe: () => async () => ({
    verdict: { kind: 'accepted', condition: 'completed' },
    callStartedAt: Date.now(),
    attempts: 1,
    evidence: { status: 200, code: null, requestId: null, latencyMs: 1 },
  }),
};
