import type { PartText } from './eventStore';

/** Asks for a part's text, if it is not there already. */
export const textOfPart = (part: PartText): string => (typeof part === 'string' ? part : part());
