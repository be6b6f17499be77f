import type { AdminApi, AdminCall } from './adminApi';

const URL_FORM = /^https:\/\/[a-z0-9.-]+(\/([A-Za-z0-9._~:-]+|\{place\}|\{key\}))+$/;

const callsOf = ({ place, listing, revoke, usage }: AdminApi): ReadonlyArray<AdminCall> => [
  ...(place?.of === 'listed' ? [place.listing.call] : []),
  listing.call,
  revoke,
  ...usage.map(({ call }) => call),
];

const hostIn = (url: string): string => url.split('/').slice(0, 3).join('/');

const namesCredential = ({ url, query, body }: AdminCall): boolean =>
  [url, JSON.stringify(query), JSON.stringify(body)].some((text) => text.includes('{credential}'));

const namesKey = ({ url, query }: AdminCall): boolean =>
  url.includes('{key}') || Object.values(query).includes('{key}');

/** What the admin part of a table says twice must agree, and its credential goes to one place of one host. */
export const adminContradictionIn = (admin: AdminApi): string | null => {
  const calls = callsOf(admin);
  const problems: ReadonlyArray<readonly [boolean, string]> = [
    [
      Object.values(admin.credential.headers).join('\n').split('{credential}').length !== 2,
      'exactly one header must have {credential}, once',
    ],
    [calls.some(namesCredential), 'only a header may have {credential}'],
    [
      calls.some(({ url }) => !URL_FORM.test(url)),
      'a url must be https://host/path, without port, user or query, each placeholder a whole part of the path',
    ],
    [new Set(calls.map(({ url }) => hostIn(url))).size > 1, 'all calls must go to one host'],
    [
      calls.some(({ url }) => url.includes('{place}')) && admin.place === null,
      'a call names {place}, and there is none',
    ],
    [!namesKey(admin.revoke), 'revoke does not name {key}'],
    [admin.usage.some(({ call }) => !namesKey(call)), 'a call for usage does not name {key}'],
    [
      calls.some(({ success }) => success.conditions.length === 0 && success.status !== 204),
      'success needs at least one condition on the body',
    ],
    [
      admin.key.active.length === 0 && admin.key.inactive.length === 0,
      'nothing says whether a listed key works',
    ],
  ];
  return problems.find(([isWrong]) => isWrong)?.[1] ?? null;
};
