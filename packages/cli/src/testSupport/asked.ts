import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';

/** What came back. */
export interface Answered {
  readonly status: number | undefined;
  readonly text: string;
}

/** A request as the proxy, or somebody else, sends it. */
export const asked = (options: RequestOptions, body?: Readonly<Record<string, string>>): Promise<Answered> =>
  new Promise((answered, failed) => {
    const send = options.ca === undefined ? httpRequest : httpsRequest;
    const sent = send({ agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => answered({ status: response.statusCode, text }));
    });
    sent.once('error', failed);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
