import { constants } from 'node:os';
import { EXIT_FAULT, EXIT_REFUSED } from '../exitStatus';

/** How a command ended: with a status of its own, or by a signal. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Added to statuses that would read as one of `keyturn`'s own. */
const SHIFT = 10;

export const succeeded = ({ code }: ChildEnd): boolean => code === 0;

/** The command's status as `keyturn` passes it on: 1 to 3 become 11 to 13, and a signal 128 and its number. */
export const statusOf = ({ code, signal }: ChildEnd): number => {
  if (code !== null) return code >= EXIT_REFUSED && code <= EXIT_FAULT ? SHIFT + code : code;
  return 128 + (signal === null ? 0 : constants.signals[signal]);
};

/** In words, such as "ended with status 7". */
export const endWords = ({ code, signal }: ChildEnd): string =>
  code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with status ${code}`;
