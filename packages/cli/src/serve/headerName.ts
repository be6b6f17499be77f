/** That of the proxy's secret. */
export const SECRET_HEADER = 'keyturn-proxy-secret';

/** Names that browsers, programs and proxies use for something else: one of them says nothing of who somebody is. */
const TAKEN: ReadonlyArray<string> = [
  SECRET_HEADER,
  'authorization',
  'connection',
  'cookie',
  'date',
  'expect',
  'forwarded',
  'from',
  'host',
  'idempotency-key',
  'keep-alive',
  'keyturn-case',
  'keyturn-issued-at',
  'origin',
  'pragma',
  'range',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
];

const TAKEN_FAMILY = /^(accept|access-control|content|if|proxy|sec|x-forwarded-(for|host|port|proto))(-|$)/;

export const HEADER_NAME_RULE = 'the name of a header that your proxy alone sets, such as X-Forwarded-Email';

/** Whether a header of this name can say who somebody is. */
export const isHeaderName = (name: string): boolean => {
  const known = name.toLowerCase();
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(known) && !TAKEN.includes(known) && !TAKEN_FAMILY.test(known);
};
