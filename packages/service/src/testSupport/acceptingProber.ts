import { knownVendors, type KillCheckResult, type Prober, type ProbeResult } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';

const ACCEPTED = { status: 200, code: null, requestId: null, latencyMs: 1 } as const;

/** Takes every key at once, without a network. `calls` counts; `during` runs while a call is under way. */
export const acceptingProber = (
  during: () => Promise<void> = () => Promise.resolve(),
): Prober & { calls: number } => {
  const prober = {
    calls: 0,
    vendors: knownVendors(),
    readTarget: E.right,
    killCheck: () => async (): Promise<KillCheckResult> => {
      prober.calls += 1;
      await during();
      return { says: 'alive', callStartedAt: Date.now(), attempts: 1, evidence: ACCEPTED };
    },
    probe: () => async (): Promise<ProbeResult> => {
      prober.calls += 1;
      await during();
      return {
        verdict: { kind: 'accepted', condition: 'completed' },
        callStartedAt: Date.now(),
        attempts: 1,
        evidence: ACCEPTED,
      };
    },
  };
  return prober;
};
