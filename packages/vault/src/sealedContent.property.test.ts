import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeContent, encodeContent, endpointPart } from './sealedContent';
import { names, secretTexts } from './testSupport/generators';

const bindings = names.map((name) => ({ ...name, fingerprint: 'f'.repeat(16) }));

describe('sealed content', () => {
  test('gives the secret back, and has a length in whole blocks', () => {
    fc.assert(
      fc.property(bindings, secretTexts, (binding, text) => {
        const content = encodeContent(binding, Buffer.from(text));
        expect(content.length % 256).toBe(0);
        expect(decodeContent(binding, content)?.toString('latin1')).toBe(text);
      }),
    );
  });

  test('gives nothing for another binding', () => {
    fc.assert(
      fc.property(bindings, bindings, secretTexts, (binding, other, text) => {
        fc.pre(JSON.stringify(binding) !== JSON.stringify(other));
        expect(decodeContent(other, encodeContent(binding, Buffer.from(text)))).toBeNull();
      }),
    );
  });

  test('an endpoint that is absent differs from one that is empty', () => {
    fc.assert(
      fc.property(bindings, secretTexts, (binding, text) => {
        const content = encodeContent({ ...binding, endpoint: null }, Buffer.from(text));
        expect(decodeContent({ ...binding, endpoint: '' }, content)).toBeNull();
      }),
    );
  });

  test('an endpoint is told by its first character from none', () => {
    expect([null, '', 'null', '0'].map(endpointPart)).toEqual(['0', '1', '1null', '10']);
  });

  test('any bytes at all give a value', () => {
    fc.assert(
      fc.property(bindings, fc.uint8Array({ maxLength: 600 }), (binding, bytes) => {
        expect(() => decodeContent(binding, Buffer.from(bytes))).not.toThrow();
      }),
    );
  });

  test('padding must be zeros, and shorter than a block', () => {
    const binding = {
      workspaceId: 'w',
      keyId: 'k',
      vendor: 'v',
      endpoint: null,
      fingerprint: 'f'.repeat(16),
    };
    const content = encodeContent(binding, Buffer.alloc(20, 0x61));
    const longer = Buffer.concat([content, Buffer.alloc(256)]);
    const marked = Buffer.from(content);
    marked.writeUInt8(1, marked.length - 1);
    expect(decodeContent(binding, longer)).toBeNull();
    // Fills its block, so that a block of zeros behind it is padding of exactly one block.
    const used = content.lastIndexOf(0x61) + 1;
    const full = encodeContent(binding, Buffer.alloc(20 + 256 - used, 0x61));
    expect(full).toHaveLength(256);
    expect(decodeContent(binding, full)).toHaveLength(276 - used);
    expect(decodeContent(binding, Buffer.concat([full, Buffer.alloc(256)]))).toBeNull();
    for (let length = 0; length < used; length++) {
      expect(decodeContent(binding, content.subarray(0, length))).toBeNull();
    }
    expect(decodeContent(binding, marked)).toBeNull();
  });
});
