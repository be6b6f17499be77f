import { send, tokenOf, type Answer, type AtWork } from '../../testSupport/atWork';
import type { Identity } from '../../options';

/** A browser without a script: it has a cookie, and says from where it sends. */
export interface FormSender {
  readonly get: (path: string) => Promise<Answer>;
  /** Sends a form with what its page put into it, but for what is given. */
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** The hidden fields of a page's first form. */
  readonly hidden: (path: string) => Promise<Readonly<Record<string, string>>>;
}

const HIDDEN = /<input type="hidden" name="([^"]+)" value="([^"]*)"/g;

/** What a page put into the form that is sent to it. */
const hiddenIn = (html: string): Readonly<Record<string, string>> => {
  const form = html.slice(html.indexOf('<form method="post"'));
  const fields = [...form.slice(0, form.indexOf('</form>')).matchAll(HIDDEN)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
};

export const formSender = ({ url }: Pick<AtWork, 'url'>, identity: Partial<Identity>): FormSender => {
  const cookie = `session=${tokenOf(identity)}`;
  const get = (path: string): Promise<Answer> => send(`${url}${path}`, 'GET', { headers: { cookie } });
  return {
    get,
    hidden: async (path) => hiddenIn((await get(path)).text),
    post: (path, fields, headers = {}) =>
      send(`${url}${path}`, 'POST', {
        raw: new URLSearchParams(fields).toString(),
        headers: {
          cookie,
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),
  };
};
