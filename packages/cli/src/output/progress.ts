const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const BEFORE_IT_SHOWS_MS = 500;
const FRAME_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** Does some work, and on a terminal shows that it goes on when it takes longer than a moment. */
export const showingProgress = async <A>(doing: string, work: () => Promise<A>): Promise<A> => {
  const { stderr } = process;
  if (!stderr.isTTY) return work();
  const began = Date.now();
  let frame = 0;
  const timer = setInterval(() => {
    if (Date.now() - began < BEFORE_IT_SHOWS_MS) return;
    frame = (frame + 1) % FRAMES.length;
    stderr.write(`${CLEAR_LINE}${FRAMES[frame] ?? ''} ${doing} …`);
  }, FRAME_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (frame > 0) stderr.write(CLEAR_LINE);
  }
};
