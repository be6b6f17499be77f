/** What takes longer than a moment. */
export type ProgressStep =
  | 'connecting-event-store'
  | 'looking-for-keyrings'
  | 'looking-for-vault'
  | 'making-vault'
  | 'opening-vault'
  | 'catching-up-read-models'
  | 'calling-vendor';

/** Called when a step begins and when it ends, however it ends. */
export interface Progress {
  readonly step: ProgressStep;
  readonly state: 'begun' | 'ended';
}

export type OnProgress = (progress: Progress) => void;

/** Does some work between the two calls of `onProgress`. */
export const withProgress = async <A>(
  onProgress: OnProgress | undefined,
  step: ProgressStep,
  work: () => Promise<A>,
): Promise<A> => {
  onProgress?.({ step, state: 'begun' });
  try {
    return await work();
  } finally {
    onProgress?.({ step, state: 'ended' });
  }
};
