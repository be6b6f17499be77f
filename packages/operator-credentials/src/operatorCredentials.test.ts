import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { OperatorCredentialFault, operatorCredentials, type OperatorCredentialSource } from './index';

const VARIABLE = 'KEYTURN_TEST_OPERATOR_CREDENTIAL';
const randomText = (bytes = 24): string => randomBytes(bytes).toString('hex');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-operator-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
  Reflect.deleteProperty(process.env, VARIABLE);
});

const fileWith = (content: string | Uint8Array, mode = 0o600): string => {
  const path = join(directory, 'credential');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};
const file = (path: string): OperatorCredentialSource => ({ from: 'file', path });
const environment = (variable = VARIABLE): OperatorCredentialSource => ({ from: 'environment', variable });

const textFrom = (source: OperatorCredentialSource): Promise<string> =>
  operatorCredentials({ anthropic: source }).withOperatorCredential('anthropic', (credential) =>
    credential.use((bytes) => Buffer.from(bytes).toString()),
  );

/** The fault that asking for the credential ends in. */
const faultFrom = async (source: OperatorCredentialSource, vendor = 'anthropic') => {
  const asked = operatorCredentials({ anthropic: source }).withOperatorCredential(vendor, () => 'no fault');
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof OperatorCredentialFault) return outcome;
  throw new Error(`expected a fault, got: ${inspect(outcome)}`);
};

describe('a credential from a file', () => {
  test.each([
    ['alone', ''],
    ['before a line feed', '\n'],
    ['before a carriage return and a line feed', '\r\n'],
  ])('is read %s', async (_, end) => {
    const text = randomText();
    await expect(textFrom(file(fileWith(text + end)))).resolves.toBe(text);
  });

  test.each([0o600, 0o400])('is read at mode %o', async (mode) => {
    const text = randomText();
    await expect(textFrom(file(fileWith(text, mode)))).resolves.toBe(text);
  });

  test('is read through a link, as orchestrators mount secrets', async () => {
    const text = randomText();
    const link = join(directory, 'link');
    symlinkSync(fileWith(text), link);
    await expect(textFrom(file(link))).resolves.toBe(text);
  });

  test('is read anew each time, so that a replaced one counts', async () => {
    const source = file(fileWith(randomText()));
    await textFrom(source);
    const next = randomText();
    fileWith(next);
    await expect(textFrom(source)).resolves.toBe(next);
  });

  test.each([0o640, 0o620, 0o604, 0o602, 0o666, 0o610])('is refused at mode %o', async (mode) => {
    const path = fileWith(randomText(), mode);
    await expect(faultFrom(file(path))).resolves.toMatchObject({
      code: 'exposed',
      vendor: 'anthropic',
      message: expect.stringContaining(`chmod 600 ${path}`),
    });
  });

  test('is missed by its path', async () => {
    const path = join(directory, 'nothing');
    await expect(faultFrom(file(path))).resolves.toMatchObject({
      code: 'missing',
      message: expect.stringContaining(path),
    });
  });

  test('is not read from a directory', async () => {
    const path = join(directory, 'folder');
    mkdirSync(path);
    expect((await faultFrom(file(path))).code).toBe('unreadable');
  });

  test('is not waited for at a pipe', async () => {
    const path = join(directory, 'pipe');
    execFileSync('mkfifo', [path]);
    expect((await faultFrom(file(path))).code).toBe('unreadable');
  });

  test('has an absolute path, and one that is none is not quoted: it may be the credential', async () => {
    const text = randomText();
    const fault = await faultFrom(file(text));
    expect(fault.code).toBe('not-configured');
    expect(inspect(fault)).not.toContain(text);
  });
});

describe('a credential from an environment variable', () => {
  test('is read', async () => {
    process.env[VARIABLE] = randomText();
    await expect(textFrom(environment())).resolves.toBe(process.env[VARIABLE]);
  });

  test.each([undefined, ''])('is missed when the variable is %p', async (value) => {
    if (value !== undefined) process.env[VARIABLE] = value;
    await expect(faultFrom(environment())).resolves.toMatchObject({
      code: 'missing',
      message: expect.stringContaining(VARIABLE),
    });
  });

  test('has a name, and a value in its place is not quoted', async () => {
    const text = `key-${randomText()}`;
    const fault = await faultFrom(environment(text));
    expect(fault.code).toBe('not-configured');
    expect(inspect(fault)).not.toContain(text);
  });
});

describe('what can be no credential is refused, and not quoted', () => {
  test.each([
    ['nothing', ''],
    ['a line end', '\n'],
    ['15 characters', randomText().slice(0, 15)],
    ['8,193 characters', randomText(4_097).slice(1)],
    ['megabytes', randomText(1_000_000)],
    ['a space within', `${randomText()} ${randomText()}`],
    ['a leading space', ` ${randomText()}`],
    ['two lines', `${randomText()}\n${randomText()}`],
    ['two line ends', `${randomText()}\n\n`],
    ['invisible characters', `${randomText()}\u200b`],
    ['a zero byte', `${randomText()}\0`],
  ])('%s', async (_, content) => {
    const fault = await faultFrom(file(fileWith(content)));
    expect(fault.code).toBe('malformed');
    expect(inspect(fault)).not.toContain(content.trim().slice(0, 8) || 'x'.repeat(9));
  });

  test.each([16, 8_192])('%d characters are one', async (length) => {
    const text = randomText(length).slice(0, length);
    await expect(textFrom(file(fileWith(`${text}\r\n`)))).resolves.toBe(text);
  });
});

describe('there is nothing to fall back on', () => {
  test.each(['openai', 'constructor', '__proto__', ''])(
    'another vendor has no credential: %p',
    async (vendor) => {
      const path = fileWith(randomText());
      await expect(faultFrom(file(path), vendor)).resolves.toMatchObject({ code: 'not-configured', vendor });
    },
  );

  test('a fault in one source does not lead to another', async () => {
    process.env[VARIABLE] = randomText();
    const operator = operatorCredentials({
      anthropic: file(join(directory, 'nothing')),
      openai: environment(),
    });
    await expect(operator.withOperatorCredential('anthropic', () => 'used')).rejects.toMatchObject({
      code: 'missing',
    });
  });
});

describe('the credential is wiped when its use has ended', () => {
  const operatorWithFile = () => operatorCredentials({ anthropic: file(fileWith(randomText())) });

  test('well', async () => {
    const bytes = await operatorWithFile().withOperatorCredential('anthropic', (credential) =>
      credential.use((lent) => lent),
    );
    expect(bytes.some((byte) => byte !== 0)).toBe(false);
  });

  test('in an error, which is passed on', async () => {
    const held: Uint8Array[] = [];
    const failed = operatorWithFile().withOperatorCredential('anthropic', async (credential) => {
      held.push(credential.use((lent) => lent));
      await Promise.resolve();
      throw new Error('the critic failed');
    });
    await expect(failed).rejects.toThrow('the critic failed');
    expect(held.flatMap((bytes) => [...bytes]).filter((byte) => byte !== 0)).toEqual([]);
    expect(held).toHaveLength(1);
  });

  test('but not before', async () => {
    const used = operatorWithFile().withOperatorCredential('anthropic', async (credential) => {
      await Promise.resolve();
      return credential.use((bytes) => bytes.some((byte) => byte !== 0));
    });
    await expect(used).resolves.toBe(true);
  });
});
