import { requestProblem } from '../problems/problem';

/** Bytes of a body that are taken where `limits` says nothing. */
export const USUAL_BODY = 65_536;

/** The same of a body that may hold a file of a vendor's usage. */
export const LARGE_BODY = 2 * 1_024 * 1_024;

/** A client that is still sending hears no answer: so much of what is not taken is read, and dropped. */
const MOST_DROPPED = 4 * 1_024 * 1_024;

/** Whoever stopped sending hears nothing, and nothing is broken on this side. */
const brokenOff = (): never => {
  throw requestProblem('body-broken-off');
};

/**
 * The bytes of a body, for its reader to wipe. Where there are too many, all are wiped here.
 *
 * @throws ProblemError `body-too-large`, `body-broken-off`
 */
export const bytesOf = async (request: Request, most: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = request.body?.getReader();
    while (length <= most + MOST_DROPPED) {
      const read = await reader?.read().catch(brokenOff);
      if (!(read?.value instanceof Uint8Array)) break;
      length += read.value.length;
      if (length <= most) chunks.push(read.value);
      else read.value.fill(0);
    }
    if (length > most) {
      await reader?.cancel().catch(() => undefined);
      throw requestProblem('body-too-large');
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  } finally {
    // There may be a key in them.
    for (const chunk of chunks) chunk.fill(0);
  }
};
