import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { checkPaste } from '@keyturn/domain';
import { knownVendors } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { cleaned, isOfAlphabet, isRecognised, length, refused, VENDORS } from './testSupport/lookedAt';
import { LAYERS, ODD_ENDS, SENTENCES, SURROUNDINGS, type Wrapper } from './testSupport/wrappers';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const { keyForms } = knownVendors();
const anyVendor = fc.constantFrom(...VENDORS);
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Whether what stands around a key can be told from it. */
const isApart = (vendor: string, { front, back }: Pick<Wrapper, 'front' | 'back'>): boolean =>
  [front.slice(-1), back.slice(0, 1)].every((char) => char === '' || !isOfAlphabet(vendor, char));
const applies = (vendor: string, key: string, wrapper: Wrapper): boolean =>
  wrapper.needs === 'nothing'
    ? isApart(vendor, wrapper) || keyForms(vendor).alphabet === null
    : isRecognised(vendor, key) && isApart(vendor, wrapper);

/** Where the findings of a wrapper are: those in front, behind, or around all of it. */
const placesOf = ({ kind, front, back }: Wrapper, key: string): ReadonlyArray<object> => {
  if (front !== '' && back !== '')
    return [{ kind, place: 'around', at: 0, length: length(front + key + back) }];
  return front === ''
    ? [{ kind, place: 'end', at: key.length, length: length(back) }]
    : [{ kind, place: 'front', at: 0, length: length(front) }];
};
const saidOf = (wrappers: ReadonlyArray<Wrapper>, text: string): string =>
  wrappers.reduceRight((inner, { front, back }) => front + inner + back, text);

describe.each(VENDORS)('for a key of %s', (vendor) => {
  test('V-2, V-4, V-7: each thing around it is named with its exact place, and is taken off', () => {
    const key = sandbox.issueKey(vendor);
    for (const wrapper of LAYERS.filter((layer) => applies(vendor, key, layer))) {
      const paste = `${wrapper.front}${key}${wrapper.back}`;
      expect({ paste: [wrapper.front, wrapper.back], ...refused(vendor, paste) }).toMatchObject({
        findings: placesOf(wrapper, key),
        cleanable: true,
      });
      expect(cleaned(vendor, paste) === key).toBe(true);
    }
  });

  test('V-2: what is at its ends and in none of its vendor’s keys', () => {
    const key = sandbox.issueKey(vendor);
    for (const end of ODD_ENDS) {
      if (Array.from(end).some((char) => isOfAlphabet(vendor, char))) continue;
      expect(refused(vendor, `${key}${end}`)).toMatchObject({
        code: 'paste-odd-character',
        findings: [{ kind: 'odd-character', place: 'end', at: key.length, length: end.length }],
        cleanable: true,
      });
      expect(cleaned(vendor, `${key}${end}`) === key).toBe(true);
      const word = { keyIsCertain: true };
      expect(checkPaste(`${key}${end}`, keyForms(vendor), word)).toEqual(E.right(`${key}${end}`));
    }
  });

  test('V-4, V-7: code, addresses and paths around it', () => {
    const key = sandbox.issueKey(vendor);
    for (const wrapper of SURROUNDINGS.filter((surroundings) => applies(vendor, key, surroundings))) {
      const paste = `${wrapper.front}${key}${wrapper.back}`;
      const { code, findings, cleanable } = refused(vendor, paste);
      expect({
        paste: [wrapper.front, wrapper.back],
        code,
        kinds: findings.map(({ kind }) => kind),
      }).toMatchObject({
        code: expect.stringMatching(/^paste-(surrounded|prefixed)$/),
        kinds: expect.arrayContaining([wrapper.kind]),
      });
      expect([wrapper.front, cleanable, cleaned(vendor, paste) === key]).toEqual([wrapper.front, true, true]);
    }
  });

  test('V-4: what it can not be told from is refused, and not cleaned', () => {
    const key = sandbox.issueKey(vendor);
    // A short beginning may come about by chance within a key of a new form, so that nothing in front of it is seen.
    const recognised = SENTENCES.filter(
      ({ front }) => isRecognised(vendor, key) && keyForms(vendor).sightings(front + key).length > 0,
    );
    for (const wrapper of recognised) {
      const paste = `${wrapper.front}${key}${wrapper.back}`;
      expect(refused(vendor, paste)).toMatchObject({ code: 'paste-prefixed', cleanable: false });
      expect(refused(vendor, paste).findings.map(({ kind }) => kind)).toContain(wrapper.kind);
      expect(cleaned(vendor, paste)).toBe('paste-prefixed');
    }
  });

  test('V-7: new forms within its alphabet are tried, and random keys are never refused', () => {
    const unit = fc.constantFrom(...Array.from(BASE64).filter((char) => isOfAlphabet(vendor, char)));
    fc.assert(
      fc.property(fc.string({ unit, minLength: 28, maxLength: 120 }), (text) => {
        fc.pre(!/x{3}|X{3}|(.{8,})\1/.test(text));
        expect(refused(vendor, text).code).toBe('taken');
        if (isOfAlphabet(vendor, '-')) expect(refused(vendor, `sk-new-${text}`).code).toBe('taken');
      }),
      { numRuns: longRuns(50) },
    );
    for (let count = 0; count < 50; count += 1) {
      const key = sandbox.issueKey(vendor);
      expect(refused(vendor, key).code).toBe('taken');
      expect(cleaned(vendor, key) === key).toBe(true);
    }
  });

  test('V-3: masked keys', () => {
    const key = sandbox.issueKey(vendor);
    for (const mask of [
      '***',
      '...',
      '****',
      '*'.repeat(40),
      '.'.repeat(20),
      '####',
      'xxxxx',
      'X'.repeat(30),
    ]) {
      for (const shown of [8, 16]) {
        // What a mask is made of may stand in front of it by chance.
        const start = key.slice(0, shown).replace(/[x.*#]+$/i, (same) => 'b'.repeat(same.length));
        const paste = `${start}${mask}${key.slice(-4)}`;
        if (paste.length < 16) continue;
        expect([mask, refused(vendor, paste)]).toMatchObject([
          mask,
          { code: 'paste-placeholder', findings: [{ kind: 'masked', at: shown }], cleanable: false },
        ]);
        expect(cleaned(vendor, paste)).toBe('paste-placeholder');
      }
    }
    for (const bullet of ['•', '…', '●', '∗']) {
      const paste = `${key.slice(0, 12)}${bullet.repeat(4)}${key.slice(-4)}`;
      expect(refused(vendor, paste)).toMatchObject({ code: 'paste-not-text', findings: [{ at: 12 }] });
    }
  });

  test('V-5: encoded keys', () => {
    const key = sandbox.issueKey(vendor);
    if (!isRecognised(vendor, key)) return;
    const base64 = Buffer.from(key).toString('base64');
    const encoded = [base64, base64.replace(/.{76}/g, '$&\n'), Buffer.from(key).toString('hex')];
    for (const paste of [...encoded, `API_KEY: ${base64}`, `"${base64}"`]) {
      expect(refused(vendor, paste)).toMatchObject({ code: 'paste-encoded', cleanable: false });
      expect(cleaned(vendor, paste)).toBe('paste-encoded');
      expect(
        checkPaste(paste, keyForms(vendor), { keyIsCertain: true, vendorIsCertain: true }),
      ).toMatchObject({
        left: { code: 'paste-encoded' },
      });
    }
  });
});

test('V-7: a character without width is told as that, and taken out, in the beginning of a key as well', () => {
  for (const vendor of VENDORS) {
    const key = sandbox.issueKey(vendor);
    const strangers = VENDORS.filter((other) => other !== vendor && isRecognised(vendor, key));
    for (const at of [1, 2, 3, 4, 6, 8, 20]) {
      const paste = `${key.slice(0, at)}\u200b${key.slice(at)}`;
      expect([vendor, refused(vendor, paste)]).toMatchObject([
        vendor,
        { findings: [{ kind: 'invisible', place: 'within', at, length: 1 }], cleanable: true },
      ]);
      expect(cleaned(vendor, paste) === key).toBe(true);
      for (const other of strangers) {
        const { code, findings } = refused(other, paste);
        expect([other, code, findings[0]]).toMatchObject([
          other,
          'paste-wrong-vendor',
          { kind: 'other-vendor', owner: vendor, at: 0, length: key.length + 1 },
        ]);
      }
    }
  }
});

test('V-1: two keys of a vendor whose form is not known, with what stands between two', () => {
  for (const vendor of VENDORS.filter((one) => keyForms(one).alphabet === null)) {
    for (const between of [',', ';', '|', ',,']) {
      const [first, second] = ['Aq3', 'Bz7'].map((piece) => piece.repeat(11));
      const paste = `${first}${between}${second}`;
      expect(refused(vendor, paste)).toMatchObject({
        code: 'paste-odd-character',
        findings: [{ kind: 'odd-character', place: 'within', at: 33, length: between.length }],
        cleanable: false,
      });
      expect(cleaned(vendor, paste)).toBe('paste-odd-character');
      expect(checkPaste(paste, keyForms(vendor), { keyIsCertain: true })).toEqual(E.right(paste));
    }
  }
});

test('V-4: a key in a comment is not lost with it', () => {
  for (const vendor of VENDORS) {
    const key = sandbox.issueKey(vendor);
    if (!isRecognised(vendor, key)) continue;
    expect(refused(vendor, `production-and-staging # ${key}`)).toMatchObject({ cleanable: false });
  }
});

test('V-2, V-4: layers in any order and number are all told, and what cleaning gives is the key or nothing', () => {
  fc.assert(
    fc.property(
      anyVendor,
      fc.array(fc.constantFrom(...LAYERS), { minLength: 1, maxLength: 4 }),
      (vendor, layers) => {
        const key = sandbox.issueKey(vendor);
        const paste = saidOf(layers, key);
        const { code, findings, cleanable } = refused(vendor, paste);
        expect(code).toMatch(/^paste-/);
        expect(findings.length).toBeGreaterThan(0);
        const clean = cleaned(vendor, paste);
        expect(clean === key).toBe(cleanable);
        if (!cleanable) expect(clean).toBe(code);
        for (const { at, length: found } of findings) expect(at + found).toBeLessThanOrEqual(length(paste));
      },
    ),
    { numRuns: longRuns(400) },
  );
});
