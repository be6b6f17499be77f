import type { RecordedAnswer } from './recordedAnswer';

/** Recorded answers of these kinds: the sandbox gives the first of its kind, where the vendor has one. */
const ANSWERED = [
  'valid',
  'rejected',
  'unfunded',
  'restricted',
  'leaked',
  'throttled',
  'overloaded',
  'server-error',
] as const;

/** The same for every vendor: things that go wrong on the way, or with the body. */
const ON_THE_WAY = [
  /** The headers and half of a success, then the connection breaks. */
  'cut-off',
  /** 307 to a place that would answer with success: calls that arrive there are counted. */
  'redirect',
  /** 200 with a web page, as a captive portal answers. */
  'garbage',
  /** An error that repeats the whole key in every place a vendor could: message, type, code, request id, headers. */
  'echoes-key',
  /** Bytes that are no HTTP, the key among them. */
  'echoes-key-raw',
  /** The connection breaks with nothing answered. */
  'reset',
  /** No answer until `release`; then valid. */
  'held',
] as const;

export type PlainBehaviour = (typeof ANSWERED)[number] | (typeof ON_THE_WAY)[number];

/** How the sandbox answers calls with one key. */
export type KeyBehaviour =
  | PlainBehaviour
  /** `first` for so many calls, then `then`: a rate limit that passes, for one. */
  | { readonly first: PlainBehaviour; readonly times: number; readonly then: PlainBehaviour }
  /** The answer comes after so many milliseconds. */
  | { readonly afterMs: number; readonly then: PlainBehaviour }
  /** Exactly this answer. */
  | { readonly answer: GivenAnswer };

export interface GivenAnswer extends Pick<RecordedAnswer, 'status' | 'headers' | 'body'> {
  /** The words behind the status. */
  readonly reason?: string;
  /** Sends the body in chunks of so many bytes. */
  readonly chunkBytes?: number;
}

/** Reads a behaviour that came as JSON over the control endpoint, else null. */
export const readBehaviour = (json: unknown): KeyBehaviour | null => {
  if (isPlain(json)) return json;
  if (typeof json !== 'object' || json === null || !('then' in json) || !isPlain(json.then)) return null;
  if ('afterMs' in json && typeof json.afterMs === 'number')
    return { afterMs: json.afterMs, then: json.then };
  return 'first' in json && isPlain(json.first) && 'times' in json && typeof json.times === 'number'
    ? { first: json.first, times: json.times, then: json.then }
    : null;
};

/** The recorded answers that a behaviour needs, by name. */
export const answersNeeded = (behaviour: KeyBehaviour): ReadonlyArray<string> => {
  if (typeof behaviour === 'string') return ANSWERED.some((name) => name === behaviour) ? [behaviour] : [];
  if ('answer' in behaviour) return [];
  return [...('first' in behaviour ? answersNeeded(behaviour.first) : []), ...answersNeeded(behaviour.then)];
};

const isPlain = (json: unknown): json is PlainBehaviour =>
  [...ANSWERED, ...ON_THE_WAY].some((behaviour) => behaviour === json);
