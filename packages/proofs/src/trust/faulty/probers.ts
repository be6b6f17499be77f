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
