import { expect, test } from '@jest/globals';
import { operatorCredentials, type OperatorCredential } from '@keyturn/operator-credentials';
import { Secret } from '@keyturn/vault';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';

// The compiler is the judge here: `pnpm check` fails when a line marked @ts-expect-error does compile.
/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: off -- what it warns of is done on purpose */

const takesSecret = (secret: Secret): string => String(secret);
const takesCredential = (credential: OperatorCredential): string => String(credential);

test('an operator credential does not type-check as a customer’s secret', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-types-apart-'));
  try {
    const path = join(directory, 'credential');
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
    const shown = await operatorCredentials({ anthropic: { from: 'file', path } }).withOperatorCredential(
      'anthropic',
      (credential) => [
        takesCredential(credential),
        // @ts-expect-error: it is no Secret
        takesSecret(credential),
      ],
    );
    expect(shown).toEqual([expect.stringMatching(/^operator …/), expect.stringMatching(/^operator …/)]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('a customer’s secret does not type-check as an operator credential', () => {
  const secret = Secret.from(randomBytes(24).toString('hex'));
  const shown = E.map((made: Secret) => [
    takesSecret(made),
    // @ts-expect-error: it is no OperatorCredential
    takesCredential(made),
  ])(secret);
  expect(shown).toMatchObject({ right: [expect.stringMatching(/^…/), expect.stringMatching(/^…/)] });
});
