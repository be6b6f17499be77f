/** A signal that aborts with the first of several others, and can be aborted by itself. */
export interface JoinedSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  /** Lets go of the others: one of them may live as long as the process does. */
  readonly dispose: () => void;
}

/**
 * Not `AbortSignal.any`, which on Node 20 keeps a little of each signal that it made for as long as its sources live.
 */
export const joinSignals = (...sources: ReadonlyArray<AbortSignal | undefined>): JoinedSignal => {
  const controller = new AbortController();
  const disposals = sources.flatMap((source) => {
    if (source === undefined) return [];
    const onAbort = (): void => {
      controller.abort(source.reason);
    };
    if (source.aborted) onAbort();
    source.addEventListener('abort', onAbort, { once: true });
    return [
      () => {
        source.removeEventListener('abort', onAbort);
      },
    ];
  });
  return {
    signal: controller.signal,
    abort: (reason) => {
      controller.abort(reason);
    },
    dispose: () => {
      for (const dispose of disposals) dispose();
    },
  };
};

/** The result of some work, or a rejection with the signal's reason, whichever comes first. */
export const unlessAborted = async <A>(signal: AbortSignal, work: () => A | Promise<A>): Promise<A> => {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, (async () => work())()]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};
