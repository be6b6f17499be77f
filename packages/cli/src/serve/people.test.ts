import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPeople } from './people';

const GOOD = `{
  "freshLogin": { "header": "X-Auth-Time", "seconds": 300 },
  "people": [
    { "identity": "ada@acme.example", "actor": "user:ada", "workspaces": ["acme"], "permissions": "all" },
    { "identity": "sam", "actor": "support:sam", "workspaces": "all", "permissions": ["ListKeys", "ReadAudit"] }
  ]
}
`;

describe('the file of people', () => {
  let directory: string;
  let file: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'keyturn-people-'));
    file = join(directory, 'people.json');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const read = (text: string) => {
    writeFileSync(file, text);
    return readPeople('--people', file);
  };

  it('says who is who', () => {
    const { byIdentity, freshLogin } = read(GOOD);
    expect(freshLogin).toEqual({ header: 'X-Auth-Time', seconds: 300 });
    expect([...byIdentity]).toEqual([
      ['ada@acme.example', { actor: { kind: 'user', id: 'ada' }, workspaces: ['acme'], permissions: 'all' }],
      [
        'sam',
        {
          actor: { kind: 'support', id: 'sam' },
          workspaces: 'all',
          permissions: ['ListKeys', 'ReadAudit'],
        },
      ],
    ]);
  });

  it.each<readonly [string, string, string, string]>([
    ['no JSON', '["acme"]', '["acme"', 'line 4: this is no JSON (CommaExpected).'],
    ['a comment', '"people"', '/* all */ "people"', 'line 3: this is no JSON (InvalidCommentToken).'],
    [
      'a word that is no permission',
      '"ReadAudit"',
      '"ReadAll"',
      'line 5: people[1].permissions[1] has to be',
    ],
    [
      'a permission of everything, mistyped',
      '"permissions": "all"',
      '"permissions": "All"',
      'line 4: people[0].perm',
    ],
    ['an actor that is Keyturn', 'user:ada', 'system:keyturn', 'line 4: people[0].actor has to be user:ID'],
    [
      'a member mistyped',
      '"workspaces": "all"',
      '"workspace": "all"',
      'line 5: people[1].workspace is not known',
    ],
    [
      'a member left out',
      ', "permissions": "all"',
      '',
      'line 4: people[0].permissions has to be "all", or a list',
    ],
    [
      'a member twice',
      '"actor": "user:ada"',
      '"actor": "user:a", "actor": "user:b"',
      'line 4: this member is there',
    ],
    [
      'the same person twice',
      '"sam"',
      '"ada@acme.example"',
      'line 5: people[1].identity is that of somebody above',
    ],
    [
      'two identities in one',
      '"sam"',
      '"sam, eve"',
      'line 5: people[1].identity has to be what the identity header',
    ],
    ['an empty identity', '"sam"', '""', 'line 5: people[1].identity has to be what the identity header'],
    ['no word on fresh log-ins', '"freshLogin"', '"fresh"', 'line 2: fresh is not known here'],
    [
      'a header of browsers',
      'X-Auth-Time',
      'Cookie',
      'line 2: freshLogin.header has to be the name of a header',
    ],
    ['a time of no length', '300', '0', 'line 2: freshLogin.seconds has to be a whole number'],
  ])('names the line of %s', (_, from, to, said) => {
    expect(GOOD).toContain(from);
    expect(() => read(GOOD.replace(from, to))).toThrow(`--people: ${file}, ${said}`);
  });

  it('is refused where nothing is in it, where it is not there, and where everybody may write it', () => {
    expect(() => read('')).toThrow('line 1: this is no JSON');
    expect(() => readPeople('--people', join(directory, 'none'))).toThrow("none can't be read (ENOENT)");
    writeFileSync(file, GOOD);
    chmodSync(file, 0o646);
    expect(() => readPeople('--people', file)).toThrow('everybody may write');
    chmodSync(file, 0o644);
    expect(readPeople('--people', file).byIdentity.size).toBe(2);
  });
});
