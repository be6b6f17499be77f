import type { ExposureFacts } from '../facts';

const DAY_MS = 86_400_000;
const SHORT_DAYS = 28;

export const SHORT_HISTORY = `The workspace has less than ${SHORT_DAYS} days of history before the window.`;

/** A workspace whose log is shorter before the window knows too few names for a new one to mean something. */
export const isShort = ({ window, historySince }: Pick<ExposureFacts, 'window' | 'historySince'>): boolean =>
  window.since - historySince < SHORT_DAYS * DAY_MS;
