// What the benchmarks share: a ratio is measured in one run, by rounds in turn, and stands beside its bound. Beyond
// it the process exits 1. Bounds hold on a busy machine: ratios move little there, times do.

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** The median of each round's ratio: what disturbs a round disturbs both of its measurements. */
export const ratioOf = (measured, base) => median(measured.map((value, round) => value / base[round]));

const told = (ratio, words, kept) => {
  if (!kept) process.exitCode = 1;
  return `${ratio.toFixed(2).padStart(6)} ${words}: ${kept ? 'kept' : 'NOT kept'}`;
};

/** The ratio beside the least that it may be. */
export const atLeast = (bound, ratio) => told(ratio, `(bound: at least ${bound})`, ratio >= bound);

/** The ratio beside the most that it may be. */
export const atMost = (bound, ratio) => told(ratio, `(bound: at most ${bound})`, ratio <= bound);
