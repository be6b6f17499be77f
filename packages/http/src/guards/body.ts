import { requestProblem } from '../problems/problem';
import { bytesOf } from './bytes';

/** JSON's own media type, in UTF-8 or without a word on that. */
const JSON_TYPE = /^application\/json *(; *charset="?utf-8"?)? *$/i;

/** Whether a body is not what it says by itself: what is compressed is not taken. */
export const isEncoded = (headers: Headers): boolean =>
  (headers.get('content-encoding') ?? 'identity').trim().toLowerCase() !== 'identity';

/** Members of every object of a value, counted. Nesting is no matter of the stack. */
const membersOf = (value: unknown): number => {
  let count = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    const inside: ReadonlyArray<unknown> = Object.values(one);
    if (!Array.isArray(one)) count += inside.length;
    for (const each of inside) waiting.push(each);
  }
  return count;
};

/** Members that a text of valid JSON names: each has one colon outside of strings. */
const colonsOf = (text: string): number => {
  let count = 0;
  let isInside = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isInside && character === 0x5c) at += 1;
    else if (character === 0x22) isInside = !isInside;
    else if (!isInside && character === 0x3a) count += 1;
  }
  return count;
};

/** What the engine says of broken JSON repeats a part of it: nothing of that leaves this function. */
const parsed = (bytes: Uint8Array): unknown => {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw requestProblem('malformed-json');
  }
  // Two readers of one body must not read two things: a doubled member means its last to one, its first to another.
  if (membersOf(value) !== colonsOf(text)) throw requestProblem('malformed-json');
  return value;
};

/**
 * The JSON of a request's body; undefined for an empty one. Its bytes are wiped. The strings that are made of them
 * can't be: they are dropped with the request.
 *
 * @throws ProblemError `body-too-large`, `unsupported-media-type`, `malformed-json`
 */
export const readBody = async (request: Request, most: number): Promise<unknown> => {
  const bytes = await bytesOf(request, most);
  try {
    if (bytes.length === 0) return undefined;
    const type = request.headers.get('content-type');
    if (type === null || !JSON_TYPE.test(type) || isEncoded(request.headers)) {
      throw requestProblem('unsupported-media-type');
    }
    return parsed(bytes);
  } finally {
    bytes.fill(0);
  }
};
