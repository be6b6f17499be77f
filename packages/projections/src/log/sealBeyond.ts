import type { StreamHead } from '@keyturn/event-store';
import { isDamage, type ReadEvent } from './eventReading';
import type { CheckSeal } from './sealChecking';
import type { ReadStretch } from './streamReading';

/** Most appends are shorter. */
const FIRST_STRETCH = 16;

/** Every append ends with a seal: whether the stream has one behind a head, and a good one. */
export const isSealedBeyond = async (
  from: { readonly stream: string; readonly head: StreamHead; readonly sealKey: number },
  { read, stretch }: { readonly read: ReadEvent; readonly stretch: ReadStretch },
  checkSeal: CheckSeal,
): Promise<boolean> => {
  let { head } = from;
  for (let events = FIRST_STRETCH; ; events *= 2) {
    const more = await stretch(from.stream, head.revision + 1, head.revision + events);
    if (typeof more === 'string' || more.length === 0) return false;
    for (const event of more) {
      const next = read(head, event);
      if (isDamage(next)) return false;
      const { seal } = next;
      if (seal !== null) return seal.sealKey >= from.sealKey && (await checkSeal(seal)) !== 'bad';
      ({ head } = next);
    }
  }
};
