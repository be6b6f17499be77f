import type { Output } from '../io';
import { shown } from './shown';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const BEFORE_IT_SHOWS_MS = 500;
const FRAME_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** Shows on a terminal that something goes on when it takes longer than a moment. Gives what ends it. */
export const showProgress = ({ isTTY, write }: Output, doing: string): (() => void) => {
  if (!isTTY) return () => undefined;
  const began = Date.now();
  let frame = 0;
  const timer = setInterval(() => {
    if (Date.now() - began < BEFORE_IT_SHOWS_MS) return;
    frame = (frame + 1) % FRAMES.length;
    void write(`${CLEAR_LINE}${FRAMES[frame] ?? ''} ${shown(doing)} …`);
  }, FRAME_MS);
  return () => {
    clearInterval(timer);
    if (frame > 0) void write(CLEAR_LINE);
  };
};

/** Does some work, and shows that it goes on. */
export const showingProgress = async <A>(
  output: Output,
  doing: string,
  work: () => Promise<A>,
): Promise<A> => {
  const end = showProgress(output, doing);
  try {
    return await work();
  } finally {
    end();
  }
};
