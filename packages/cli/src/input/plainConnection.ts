const HOST_PART = /^[a-z+]+:\/\/(?:[^/?]*@)?([^/?]*)/i;
const PLAIN = /[?&](?:tls=false|sslmode=disable)(?:&|$)/i;

/** `[::1]:2113` without its port and brackets. */
const hostOf = (text: string): string =>
  text
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

const isLocal = (host: string): boolean =>
  host === '' ||
  host === 'localhost' ||
  host === '::1' ||
  host.startsWith('%2f') ||
  /^127(?:\.\d{1,3}){3}$/.test(host);

const isAcrossNetwork = (connection: string): boolean => {
  const named = /[?&]host=([^&]*)/i.exec(connection)?.[1];
  const hosts = (named ?? HOST_PART.exec(connection)?.[1] ?? '').split(',');
  return !hosts.every((host) => isLocal(hostOf(host.replace(/^\//, '%2f'))));
};

/** Whether a connection string asks for a connection in clear that leaves this machine. */
export const crossesNetworkInClear = (connection: string): boolean => {
  const crosses = PLAIN.test(connection) && isAcrossNetwork(connection);
  // The string may hold a password, and V8 keeps the last text that matched.
  /(?:)/.test('');
  return crosses;
};
