import type { ServerResponse } from 'node:http';
import type { PlainBehaviour } from './behaviour';
import type { RecordedAnswer } from './recordedAnswer';
import type { SandboxVendor } from './sandboxVendor';

type Answer = Pick<RecordedAnswer, 'status' | 'headers' | 'body'>;

/** Where the `redirect` behaviour points: a call that arrives there was redirected. */
export const REDIRECT_TARGET = '/_sandbox/redirect-target';

/** The answer of a behaviour, before its placeholders are filled. */
export const answerFor = (vendor: SandboxVendor, behaviour: PlainBehaviour | Answer): Answer => {
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
    case 'held':
      return recorded(vendor, 'valid');
    default:
      return recorded(vendor, behaviour);
  }
};

const recorded = (vendor: SandboxVendor, name: string): Answer => {
  const found = vendor.answers.find((answer) => answer.name === name);
  if (found === undefined) throw new Error(`${vendor.vendor} has no recorded answer named ${name}.`);
  return found;
};

const echoing = (vendor: SandboxVendor): Answer => ({
  ...recorded(vendor, 'rejected'),
  headers: { [vendor.requestIdHeader]: '{key}', 'x-debug': '{key}' },
  body: JSON.stringify({
    type: '{key}',
    error: { type: '{key}', code: '{key}', message: 'Bad key {key}', details: { error_code: '{key}' } },
  }),
});

/** Sends an answer with its placeholders filled; `cutOff` breaks the connection in the middle of the body. */
export const send = (
  response: ServerResponse,
  vendor: SandboxVendor,
  answer: Answer,
  call: { readonly key: string; readonly model: string | null },
  cutOff: boolean,
): void => {
  const id = vendor.newRequestId();
  const fill = (text: string): string =>
    text
      .replaceAll('{key}', call.key)
      .replaceAll('{masked}', vendor.mask(call.key))
      .replaceAll('{model}', call.model ?? '')
      .replaceAll('{id}', id);
  const body = Buffer.from(fill(answer.body));
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    [vendor.requestIdHeader]: id,
    ...Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, fill(value)])),
    ...(answer.status === 204 ? {} : { 'content-length': body.length }),
  });
  if (!cutOff) return void response.end(body);
  // Only once the first half is on its way, so that the caller sees an answer that began.
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};
