import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { checkPaste, cleanPaste } from '@keyturn/domain';
import { knownVendors } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { cleaned, isOfAlphabet, isRecognised, length, refused, VENDORS } from './testSupport/lookedAt';
import { LAYERS, SENTENCES, SURROUNDINGS } from './testSupport/wrappers';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const { keyForms } = knownVendors();
const anyVendor = fc.constantFrom(...VENDORS);

test('V-1: two keys are never taken, whatever is between and around them, and on nobody’s word', () => {
  const between = fc.constantFrom(',', ', ', '\n', ' ', ';', '|', '\t', '","');
  const wrapper = fc.constantFrom(...LAYERS, ...SURROUNDINGS);
  fc.assert(
    fc.property(
      anyVendor,
      anyVendor,
      anyVendor,
      between,
      fc.option(wrapper),
      (asked, one, other, gap, around) => {
        const [a, b] = [sandbox.issueKey(one), sandbox.issueKey(other)];
        fc.pre([one, other].every((vendor, n) => isRecognised(vendor, n === 0 ? a : b)));
        const paste = `${around?.front ?? ''}${a}${gap}${b}${around?.back ?? ''}`;
        const at = length(`${around?.front ?? ''}${a}${gap}`);
        expect(refused(asked, paste)).toMatchObject({
          code: 'paste-several-keys',
          findings: [{ kind: 'several-keys', at }],
          cleanable: false,
        });
        const word = { keyIsCertain: true, vendorIsCertain: true };
        for (const look of [checkPaste, cleanPaste]) {
          expect(look(paste, keyForms(asked), word)).toMatchObject({ left: { code: 'paste-several-keys' } });
        }
      },
    ),
    { numRuns: longRuns(150) },
  );
});

test.each(VENDORS)('V-1: the same key of %s twice, with nothing or something between', (vendor) => {
  const key = sandbox.issueKey(vendor);
  for (const gap of ['', ',', '\n', ' ', '; ']) {
    expect(refused(vendor, `${key}${gap}${key}`)).toMatchObject({
      code: 'paste-several-keys',
      findings: [{ at: key.length + gap.length }],
    });
  }
});

test.each([
  'your-anthropic-api-key-here',
  'YOUR_API_KEY_GOES_HERE',
  '<YOUR_OPENAI_API_KEY>',
  '<your key goes here>',
  '[insert the key]',
  '${OPENAI_API_KEY}',
  '"${OPENAI_API_KEY}"',
  '$ANTHROPIC_API_KEY',
  '%ANTHROPIC_API_KEY%',
  '{{ secrets.ANTHROPIC }}',
  '${{ secrets.ANTHROPIC }}',
  '$(cat /run/secrets/key)',
  'process.env.ANTHROPIC_API_KEY',
  'os.environ["ANTHROPIC_API_KEY"]',
  'export A_KEY=${ANTHROPIC_API_KEY}',
  'op://Private/OpenAI/credential',
  'vault://secret/anthropic',
  'ref+vault://secret/anthropic#key',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:key',
  'projects/acme/secrets/anthropic/versions/latest',
  'ANTHROPIC_API_KEY',
  'sk-ant-api03-your-key-here',
])('V-3: %s only stands for a key', (paste) => {
  for (const vendor of VENDORS) {
    expect([vendor, refused(vendor, paste)]).toMatchObject([
      vendor,
      { code: expect.any(String), cleanable: false },
    ]);
    expect(refused(vendor, paste).findings.map(({ kind }) => kind)).toContain('placeholder');
    expect(cleaned(vendor, paste)).toBe(refused(vendor, paste).code);
    if (
      !/[ "]/.test(paste) &&
      keyForms(vendor)
        .sightings(paste)
        .every(({ owner }) => owner === vendor)
    ) {
      expect(checkPaste(paste, keyForms(vendor), { keyIsCertain: true })).toEqual(E.right(paste));
    }
  }
});

test('V-6: another vendor’s key, and another service’s secret, with anything around it', () => {
  const wrapper = fc.option(fc.constantFrom(...LAYERS), { nil: { front: '', back: '' } });
  const secret = fc
    .tuple(
      fc.constantFrom('ghp_', 'hf_', 'AKIA', 'sk_live_', 'nvapi-', 'vck_', 'glpat-', 'xoxb-', 'npm_'),
      fc.stringMatching(/^[A-Z0-9]{40}$/),
    )
    .map(([beginning, rest]) => beginning + rest);
  const foreign = fc.oneof(secret, anyVendor);
  fc.assert(
    fc.property(anyVendor, foreign, wrapper, (asked, from, { front, back }) => {
      fc.pre(from !== asked);
      const key = VENDORS.includes(from) ? sandbox.issueKey(from) : from;
      fc.pre(!VENDORS.includes(from) || isRecognised(from, key));
      const code = VENDORS.includes(from) ? 'paste-wrong-vendor' : 'paste-other-secret';
      const paste = `${front}${key}${back}`;
      const said = refused(asked, paste);
      expect(said).toMatchObject({ code, cleanable: false });
      expect(said.findings[0]).toMatchObject({ at: length(front) });
      expect(cleaned(asked, paste)).toBe(code);
      expect(checkPaste(key, keyForms(asked), { vendorIsCertain: true })).toEqual(
        Array.from(key).every((char) => isOfAlphabet(asked, char)) ? E.right(key) : expect.anything(),
      );
    }),
    { numRuns: longRuns(150) },
  );
});

test('invariant 11: no refusal has five characters of the key', () => {
  const wrapper = fc.constantFrom(...LAYERS, ...SURROUNDINGS, ...SENTENCES);
  fc.assert(
    fc.property(anyVendor, anyVendor, wrapper, (vendor, of, { front, back }) => {
      const key = sandbox.issueKey(of);
      for (const paste of [
        `${front}${key}${back}`,
        `${front}${key}${back}${key}`,
        Buffer.from(key).toString('base64'),
      ]) {
        const checked = checkPaste(paste, keyForms(vendor));
        const said = E.isLeft(checked) ? JSON.stringify(checked.left) : '';
        for (let at = 14; at + 5 <= key.length; at += 1)
          expect(said.includes(key.slice(at, at + 5))).toBe(false);
      }
    }),
    { numRuns: longRuns(60) },
  );
});
