import type { RebuildProgress } from 'keyturn';
import type { Output } from '../io';
import { progressDisplay } from './progressDisplay';

/** Shows on standard error how far a rebuild has come. */
export interface ShownProgress {
  readonly report: (progress: RebuildProgress) => void;
  /** Events projected so far. */
  readonly events: () => number;
  readonly end: () => void;
}

/** A bar on a terminal, now and then a plain line elsewhere. */
export const rebuildProgress = async (output: Output, name: string): Promise<ShownProgress> => {
  const display = await progressDisplay(output, name);
  let projected = 0;
  return {
    report: ({ done, total, events }) => {
      projected = events;
      display.show(done, total, `${events} events`);
    },
    events: () => projected,
    end: display.end,
  };
};
