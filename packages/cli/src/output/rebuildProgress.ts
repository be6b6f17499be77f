import type { RebuildProgress } from '@keyturn/projections';

/** Shows on standard error how far a rebuild has come. */
export interface ShownProgress {
  readonly report: (progress: RebuildProgress) => void;
  /** Events projected so far. */
  readonly events: () => number;
  readonly end: () => void;
}

interface Display {
  readonly show: (progress: RebuildProgress) => void;
  readonly end: () => void;
}

const barOf = async (name: string): Promise<Display> => {
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage} % · {events} events · {eta_formatted} left`,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { events: 0 });
  return {
    show: ({ done, total, events }) => {
      bar.setTotal(Math.max(1, total));
      bar.update(total === 0 ? 1 : done, { events });
    },
    end: () => bar.stop(),
  };
};

const BETWEEN_LINES_MS = 2_000;

const linesOf = (name: string): Display => {
  let last = Date.now();
  return {
    show: ({ done, total, events }) => {
      if (Date.now() - last < BETWEEN_LINES_MS) return;
      last = Date.now();
      process.stderr.write(`${name}: ${Math.floor((100 * done) / Math.max(1, total))} %, ${events} events\n`);
    },
    end: () => undefined,
  };
};

/** A bar on a terminal, now and then a plain line elsewhere. */
export const rebuildProgress = async (name: string): Promise<ShownProgress> => {
  const display = process.stderr.isTTY ? await barOf(name) : linesOf(name);
  let events = 0;
  return {
    report: (progress) => {
      events = progress.events;
      display.show(progress);
    },
    events: () => events,
    end: display.end,
  };
};
