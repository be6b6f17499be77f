import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });
const caseId = 'SR-1042';

const filesIn = (root: string): ReadonlyArray<Buffer> =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

/** Parts of a secret, as they are and as bytes are often written. */
const partsOf = (secret: string): ReadonlyArray<string> => {
  const middle = secret.slice(16, 40);
  const bytes = Buffer.from(secret);
  return [middle, bytes.toString('hex').slice(32, 64), bytes.toString('base64').slice(20, 44)];
};

test('whatever comes of it, the admin credential is in no answer, error, event, log or file', async () => {
  const { sandbox, root } = at();
  const told: unknown[] = [];
  const line = (...said: ReadonlyArray<unknown>): void => void told.push(said);
  const keyturn = await at().open({ endpointOverrides: sandbox.urls, log: { info: line, warn: line } });
  const credentials: string[] = [];

  const credentialFor = (
    vendor: string,
    kind: 'valid' | 'not-permitted' | 'unknown' | 'plain' | 'spaced',
  ) => {
    if (kind === 'plain') return sandbox.issueKey(vendor);
    const credential = sandbox.issueAdminCredential(vendor, kind === 'not-permitted' ? kind : 'valid');
    if (kind === 'spaced') return `${credential.slice(0, 30)} ${credential.slice(30)}`;
    return kind === 'unknown' ? `${credential.slice(0, -4)}zzAA` : credential;
  };

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('anthropic', 'openai', 'mistral', 'openrouter', 'xai', 'google-gemini'),
      fc.constantFrom('valid', 'not-permitted', 'unknown', 'plain', 'spaced'),
      fc.constantFrom('user', 'service', 'support'),
      fc.boolean(),
      async (vendor, kind, actorKind, asBytes) => {
        const pasted = sandbox.issueKey(vendor);
        const { key } = await keyturn.keys.add(ada, { vendor, pasted });
        const { keyId } = key;
        await keyturn.support.report(ada, { keyId, caseId });
        const credential = credentialFor(vendor, kind);
        credentials.push(credential);
        const adminCredential = asBytes ? Buffer.from(credential) : credential;
        const ctx = { ...ada, actor: { kind: actorKind, id: 'ada' } };
        const place = vendor === 'google-gemini' ? 'sandbox-project' : null;
        const given = { keyId, caseId, adminCredential, place };
        const { atVendor } = keyturn.support;
        const found = await atVendor.find(ctx, given).catch((error: unknown) => error);
        told.push(found);
        const keys =
          kind === 'valid' && actorKind !== 'support' ? (await atVendor.find(ctx, given)).keys : [];
        const [first] = keys;
        const id = first?.vendorKeyId ?? 'proj_sandbox/apikey_1';
        told.push(await atVendor.revoke(ctx, { ...given, vendorKeyId: id }).catch((error: unknown) => error));
        if (kind !== 'valid' || actorKind === 'support') expect(found).toBeInstanceOf(Error);
        else expect(first?.status).toBe('active');
        await keyturn.keys.delete(ada, { keyId, leaveEmpty: true });
      },
    ),
    { numRuns: 25 },
  );
  told.push(await keyturn.audit.page(ada, {}), await keyturn.audit.refused(ada, {}), await keyturn.health());
  const everything = [...told.map((one) => `${JSON.stringify(one)}${inspect(one, { depth: 9 })}`)].join('\n');
  const files = filesIn(root);
  for (const part of credentials.flatMap(partsOf)) {
    expect(everything.includes(part)).toBe(false);
    expect(files.some((file) => file.includes(part))).toBe(false);
  }
});
