import type { Prober, ProbeResult } from '@keyturn/vendors';

/** A prober that breaks one of its promises, over one that keeps them. */
export type FaultyProber = (prober: Prober) => Prober;

const judging =
  (otherwise: (result: ProbeResult, secret: Uint8Array) => ProbeResult): FaultyProber =>
  (prober) => ({
    ...prober,
    probe: (target, secret, signal) => async () =>
      otherwise(await prober.probe(target, secret, signal)(), secret),
  });

/** It calls one vendor, and hands on what that says of another one's key. */
export const thatAnswersForAnotherVendor =
  (vendors: ReadonlyArray<string>): FaultyProber =>
  (prober) => ({
    ...prober,
    probe: (target, secret, signal) =>
      prober.probe(
        { ...target, vendor: vendors.find((vendor) => vendor !== target.vendor) ?? target.vendor },
        secret,
        signal,
      ),
  });

/** It can never tell whether a key is good. */
export const thatTellsNothing: FaultyProber = judging((result) => ({
  ...result,
  verdict: { kind: 'inconclusive', reason: 'connection' },
}));

/** It puts the key into what it tells of the vendor's answer. */
export const thatRepeatsTheKey: FaultyProber = judging((result, secret) => ({
  ...result,
  evidence: { ...result.evidence, requestId: Buffer.from(secret).toString('latin1') },
}));

/** It takes the status for the vendor's word, whoever answered. */
export const thatBelievesStatuses: FaultyProber = judging((result) => {
  if (result.evidence.status === 401) return { ...result, verdict: { kind: 'failed', reason: 'rejected' } };
  if (result.evidence.status === 403) return { ...result, verdict: { kind: 'failed', reason: 'restricted' } };
  return result;
});

/** It takes whatever comes with 200 for the vendor's yes. */
export const thatTakesAnyAnswer: FaultyProber = judging((result) =>
  result.evidence.status === 200
    ? { ...result, verdict: { kind: 'accepted', condition: 'completed' } }
    : result,
);
