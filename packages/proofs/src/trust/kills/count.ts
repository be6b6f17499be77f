import type { Verified } from './verify';

/** What is counted. */
export interface Count {
  rounds: number;
  'kills at random': number;
  'kills at named points': number;
  'named points covered': number;
  'server crashes': number;
  restarts: number;
  'commands told done': number;
  'keys opened': number;
  'bytes searched': number;
}

export const newCount = (): Count => ({
  rounds: 0,
  'kills at random': 0,
  'kills at named points': 0,
  'named points covered': 0,
  'server crashes': 0,
  restarts: 0,
  'commands told done': 0,
  'keys opened': 0,
  'bytes searched': 0,
});

export const countVerified = (count: Count, { bytes, keysOpened }: Verified): void => {
  count.restarts += 1;
  count['bytes searched'] += bytes;
  count['keys opened'] += keysOpened;
};
