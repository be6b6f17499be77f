/** A forward proxy that the operator named: test calls go through it, and TLS to the vendor stays end to end. */
export interface Proxy {
  /** Without a user: what prints this address prints no password. */
  readonly url: URL;
  /** The value of `Proxy-Authorization`; null where the proxy asks for none. */
  readonly authorization: string | null;
}

/** Reads `http(s)://[user:password@]host[:port]` with nothing else in it, else null. */
export const parseProxy = (text: string): Proxy | null => {
  if (!/^https?:\/\/[^/?#\\\s]+\/?$/i.test(text)) return null;
  try {
    const url = new URL(text);
    const [user, password] = [url.username, url.password].map(decodeURIComponent);
    url.username = '';
    url.password = '';
    const authorization =
      user === '' && password === ''
        ? null
        : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    return { url, authorization };
  } catch {
    return null;
  }
};
