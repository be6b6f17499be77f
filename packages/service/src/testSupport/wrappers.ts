import type { FindingKind } from '@keyturn/domain';

/** Something that people copy along with a key. */
export interface Wrapper {
  readonly kind: FindingKind;
  readonly front: string;
  readonly back: string;
  /** What it takes to find the key in it: that it is the only text left, or that it is known by its beginning. */
  readonly needs: 'nothing' | 'beginning';
}

const around = (kind: FindingKind, front: string, back = ''): Wrapper => ({
  kind,
  front,
  back,
  needs: 'nothing',
});
const inside = (kind: FindingKind, front: string, back = ''): Wrapper => ({
  kind,
  front,
  back,
  needs: 'beginning',
});

/** Each is one layer, and can be taken off whatever is inside of it. */
export const LAYERS: ReadonlyArray<Wrapper> = [
  ...[' ', '\t', '\n', '\r\n', ' \n\n', '\r'].flatMap((blank) => [
    around('white-space', blank),
    around('white-space', '', blank),
  ]),
  ...['\u00a0', '\u200b', '\ufeff', '\u2060', '\u202e', '\u3164', '\0', '\u{e0041}'].flatMap((blank) => [
    around('invisible', blank),
    around('invisible', '', blank),
  ]),
  ...['""', "''", '``', '“”', '‘’', '«»', '„“', '‚‘', '‹›', '””'].map((pair) =>
    around('quotes', pair.slice(0, 1), pair.slice(1)),
  ),
  around('brackets', '<', '>'),
  around('brackets', '(', ')'),
  around('brackets', '[', ']'),
  ...['%0A', '%0d%0A', '%20', '&nbsp;', '&#10;', '\\n', '\\r\\n', '\\u000a', '<br>', '</code>'].map(
    (spelled) => around('escape', '', spelled),
  ),
  around('escape', '%20'),
  around('escape', '&nbsp;'),
  around('bearer', 'Bearer '),
  around('bearer', 'bearer  '),
  around('header', 'Authorization: '),
  around('header', 'x-api-key:'),
  around('header', 'X-Goog-Api-Key: '),
  around('name-equals', 'VENDOR_API_KEY='),
  around('name-equals', 'apiKey = '),
  around('name-equals', '- SOME_KEY='),
  around('name-colon', 'apikey:'),
  around('name-colon', 'api_key: '),
  around('name-colon', '- token: '),
  around('export', 'export VENDOR_API_KEY='),
  around('export', 'set X='),
  around('export', 'setx VENDOR_API_KEY '),
  around('export', 'set -gx VENDOR_API_KEY '),
  around('export', 'ENV VENDOR_API_KEY='),
  around('powershell', '$env:VENDOR_API_KEY = '),
  around('option', '--api-key='),
  around('option', '--api-key '),
  around('comment', '', ' # production'),
  around('comment', '', '  // the new one'),
  around('comment', '', ' -- it'),
];

/** Rows of printable characters that keys of a known alphabet do not end with. */
export const ODD_ENDS: ReadonlyArray<string> = [
  ',',
  ';',
  '.',
  ').',
  '",',
  "'",
  '>',
  '**',
  '!',
  '`',
  '|',
  '$',
  '}',
];

/** Code, addresses and paths: each stands outermost. */
export const SURROUNDINGS: ReadonlyArray<Wrapper> = [
  around('code', '{"apiKey":"', '"}'),
  around('code', '{ "x-api-key": "', '" }'),
  around('code', '```\n', '\n```'),
  around('code', '```sh\nexport VENDOR_API_KEY="', '"\n```'),
  around('code', 'const apiKey = "', '";'),
  around('code', "$apiKey = '", "';"),
  inside('code', '{"provider":"x","apiKey":"', '","model":"y"}'),
  inside('code', '{\n  "keys": [\n    "', '"\n  ]\n}'),
  inside('code', 'client = Client(api_key="', '")'),
  inside('code', "[Environment]::SetEnvironmentVariable('X', '", "', 'User')"),
  inside('code', 'curl -H "x-api-key: ', '" https://api.example.com/v1'),
  inside('code', "curl https://api.example.com -H 'Authorization: Bearer ", "' -d {}"),
  inside('url', 'https://api.example.com/v1?key=', ''),
  inside('url', 'https://api.example.com/v1?a=b&key=', '&c=d'),
  inside('url', 'https://user:', '@api.example.com/'),
  inside('url', 'https://api.example.com/keys/', '/edit'),
  inside('path', 'vendor/', ''),
  inside('path', '/run/secrets/', ''),
  inside('path', 'C:\\keys\\', ''),
  inside('name-colon', 'my.vendor:', ''),
];

/** What nobody can tell the key from: refused, and never cleaned. */
export const SENTENCES: ReadonlyArray<Wrapper> = [
  inside('text', 'the key is ', ''),
  inside('text', 'old', ''),
  inside('text', 'my key ', ' and more'),
];
