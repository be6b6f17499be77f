import type { PartText } from './eventStore';

export const textOfPart = (part: PartText): string => (typeof part === 'string' ? part : part());
