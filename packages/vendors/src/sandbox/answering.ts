import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { GivenAnswer, PlainBehaviour } from './behaviour';
import type { SandboxVendor } from './sandboxVendor';

/** Where the `redirect` behaviour points: a call that arrives there was redirected. */
export const REDIRECT_TARGET = '/_sandbox/redirect-target';

/** The answer of a behaviour, before its placeholders are filled. */
export const answerFor = (vendor: SandboxVendor, behaviour: PlainBehaviour | GivenAnswer): GivenAnswer => {
  if (typeof behaviour !== 'string') return behaviour;
  switch (behaviour) {
    case 'redirect':
      return { status: 307, headers: { location: REDIRECT_TARGET }, body: '' };
    case 'garbage':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Welcome to the hotel</html>',
      };
    case 'echoes-key':
      return echoing(vendor);
    case 'cut-off':
    case 'echoes-key-raw':
    case 'held':
    case 'reset':
      return recorded(vendor, 'valid');
    default:
      return recorded(vendor, behaviour);
  }
};

/** The same to a kill check: its errors are those of every call. */
export const killCheckAnswerFor = (
  vendor: SandboxVendor,
  behaviour: PlainBehaviour | GivenAnswer,
): GivenAnswer => {
  const [alive] = vendor.killCheckAnswers;
  const lives = behaviour === 'valid' || behaviour === 'held' || behaviour === 'cut-off';
  return lives && alive !== undefined ? alive : answerFor(vendor, behaviour);
};

const recorded = (vendor: SandboxVendor, name: string): GivenAnswer => {
  const found = vendor.answers.find((answer) => answer.name === name);
  if (found === undefined) throw new Error(`${vendor.vendor} has no recorded answer named ${name}.`);
  return found;
};

const idHeader = ({ requestIdHeader }: SandboxVendor, id: string): Readonly<Record<string, string>> =>
  requestIdHeader === null ? {} : { [requestIdHeader]: id };

const echoing = (vendor: SandboxVendor): GivenAnswer => ({
  ...recorded(vendor, 'rejected'),
  headers: { ...idHeader(vendor, '{key}'), 'x-debug': '{key}' },
  body: JSON.stringify({
    type: '{key}',
    error: { type: '{key}', code: '{key}', message: 'Bad key {key}', details: { error_code: '{key}' } },
  }),
});

/** Not from Node's shared pool: an echoed key is to lie in no other buffer's memory. */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.alloc(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
};

const sendInChunks = (response: ServerResponse, body: Buffer, chunkBytes: number): void => {
  const next = (from: number): void => {
    if (from >= body.length) response.end();
    else response.write(body.subarray(from, from + chunkBytes), () => next(from + chunkBytes));
  };
  next(0);
};

/** Sends an answer with its placeholders filled, or what else the behaviour does with the connection. */
export const send = (
  response: ServerResponse,
  vendor: SandboxVendor,
  answer: GivenAnswer,
  call: { readonly key: string; readonly model: string | null },
  behaviour: PlainBehaviour | GivenAnswer = answer,
): void => {
  if (behaviour === 'reset') return void response.destroy();
  if (behaviour === 'echoes-key-raw') return void response.socket?.end(`BAD KEY ${call.key}\r\n\r\n`);
  const id = vendor.newRequestId();
  const fill = (text: string): string =>
    text
      .replaceAll('{key}', call.key)
      .replaceAll('{masked}', vendor.mask(call.key))
      .replaceAll('{model}', call.model ?? '')
      .replaceAll('{id}', id);
  const body = bytesOf(fill(answer.body));
  response.writeHead(answer.status, fill(answer.reason ?? STATUS_CODES[answer.status] ?? ''), {
    'content-type': 'application/json',
    ...idHeader(vendor, id),
    ...Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, fill(value)])),
    ...(answer.status === 204 || answer.chunkBytes !== undefined ? {} : { 'content-length': body.length }),
  });
  if (answer.chunkBytes !== undefined) return sendInChunks(response, body, answer.chunkBytes);
  if (behaviour !== 'cut-off') return void response.end(body);
  // Only once the first half is on its way, so that the caller sees an answer that began.
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};
