import type { Output } from '../io';
import { shown } from './shown';

/** Shows on standard error how far something has come. */
export interface ProgressDisplay {
  /** `detail` says how far in other words, such as "1200 events". */
  readonly show: (done: number, total: number, detail: string) => void;
  readonly end: () => void;
}

/** It moves about on the terminal of standard error by itself. */
const barOf = async (name: string): Promise<ProgressDisplay> => {
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      format: `${shown(name)} {bar} {percentage} % · {detail} · {eta_formatted} left`,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { detail: '' });
  return {
    show: (done, total, detail) => {
      bar.setTotal(Math.max(1, total));
      bar.update(total === 0 ? 1 : done, { detail: shown(detail) });
    },
    end: () => bar.stop(),
  };
};

const BETWEEN_LINES_MS = 2_000;

const linesOf = ({ write }: Output, name: string): ProgressDisplay => {
  let last = Date.now();
  return {
    show: (done, total, detail) => {
      if (Date.now() - last < BETWEEN_LINES_MS) return;
      last = Date.now();
      void write(`${shown(`${name}: ${Math.floor((100 * done) / Math.max(1, total))} %, ${detail}`)}\n`);
    },
    end: () => undefined,
  };
};

/** A bar on a terminal, now and then a plain line elsewhere. */
export const progressDisplay = (stderr: Output, name: string): Promise<ProgressDisplay> =>
  stderr.isTTY ? barOf(name) : Promise.resolve(linesOf(stderr, name));
