import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mayCallHost } from './customersEndpoint';
import { isPublicAddress } from './publicAddress';

const octet = fc.integer({ min: 0, max: 255 });
const v4 = fc.tuple(octet, octet, octet, octet);
type V4 = readonly [number, number, number, number];

/** The IANA registry once more, as predicates instead of prefixes, so that one checks the other. */
const isInner = ([a, b, c, d]: V4): boolean =>
  [0, 10, 127].includes(a) ||
  a >= 224 ||
  (a === 100 && b >= 64 && b < 128) ||
  (a === 169 && b === 254) ||
  (a === 172 && b >= 16 && b < 32) ||
  (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
  (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
  (a === 203 && b === 0 && c === 113) ||
  (a === 168 && b === 63 && c === 129 && d === 16);

/** Half of them from the blocks that matter: chance alone would hardly meet them. */
const anyV4: fc.Arbitrary<V4> = fc.oneof(
  v4,
  fc
    .tuple(
      fc.constantFrom<ReadonlyArray<number>>(
        [10],
        [100],
        [127],
        [169, 254],
        [172],
        [192, 0],
        [192, 88, 99],
        [192, 168],
        [198],
        [203, 0, 113],
        [168, 63, 129],
        [255],
      ),
      v4,
    )
    .map(([head, [a, b, c, d]]): V4 => [head[0] ?? a, head[1] ?? b, head[2] ?? c, d]),
);
const dotted = (address: V4): string => address.join('.');
const hex = ([a, b, c, d]: V4): string => `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
const group = fc.integer({ min: 0, max: 0xffff });
const groups = (count: number) => fc.array(group, { minLength: count, maxLength: count });

/** The ways in which one IPv6 address may be written. */
const written = (all: ReadonlyArray<number>): ReadonlyArray<string> => {
  const plain = all.map((part) => part.toString(16)).join(':');
  return [
    plain,
    plain.toUpperCase(),
    all.map((part) => part.toString(16).padStart(4, '0')).join(':'),
    plain.replace(/(^|:)0(:0)+(:|$)/, '::'),
  ];
};

describe('IPv4', () => {
  test('is public exactly when no special block has it', () => {
    fc.assert(fc.property(anyV4, (address) => isPublicAddress(dotted(address)) === !isInner(address)));
  });

  test('is asked about in every way that a URL may write it', () => {
    fc.assert(
      fc.property(anyV4, (address) => {
        const [a, b, c, d] = address;
        const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const forms = [
          dotted(address),
          String(number),
          `0x${number.toString(16)}`,
          `0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`,
          `${a}.${b}.${(c << 8) | d}`,
        ];
        for (const form of forms)
          expect(mayCallHost(new URL(`https://${form}/`).hostname)).toBe(!isInner(address));
      }),
    );
  });
});

describe('IPv6', () => {
  test('that carries an IPv4 address is never called, whichever it carries', () => {
    fc.assert(
      fc.property(anyV4, groups(5), (address, rest) => {
        const wrapped = [
          `::ffff:${dotted(address)}`,
          `::FFFF:${hex(address)}`,
          `0:0:0:0:0:ffff:${hex(address)}`,
          `::${dotted(address)}`,
          `64:ff9b::${hex(address)}`,
          `64:ff9b:1::${dotted(address)}`,
          `2002:${hex(address)}:${rest.map((part) => part.toString(16)).join(':')}`,
          `2001:0:${hex(address)}::${hex(address)}`,
        ];
        for (const form of wrapped) {
          expect([form, isPublicAddress(form)]).toEqual([form, false]);
          expect([form, mayCallHost(new URL(`https://[${form}]/`).hostname)]).toEqual([form, false]);
        }
      }),
    );
  });

  test('of an inner network is never called', () => {
    const first = fc.oneof(
      fc.integer({ min: 0, max: 0x1fff }),
      fc.integer({ min: 0xfc00, max: 0xfdff }), // unique local
      fc.integer({ min: 0xfe80, max: 0xfebf }), // link-local
      fc.integer({ min: 0x4000, max: 0xffff }), // not given out, multicast
      fc.constant(0x2002),
    );
    fc.assert(
      fc.property(first, groups(7), (head, rest) => {
        for (const form of written([head, ...rest]))
          expect([form, isPublicAddress(form)]).toEqual([form, false]);
      }),
    );
  });

  test('of the global unicast range may be called', () => {
    const first = fc.integer({ min: 0x2003, max: 0x3ffe });
    fc.assert(
      fc.property(first, groups(7), (head, rest) => {
        for (const form of written([head, ...rest]))
          expect([form, isPublicAddress(form)]).toEqual([form, true]);
      }),
    );
  });
});

test.each([
  '::1',
  '::',
  'fe80::1%eth0',
  '2606:4700::1111%0',
  'fd00:ec2::254',
  '2001:db8::1',
  '3fff::1',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '1.1.1.1', '160.79.104.10', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test('what is no address is not public', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^[\d.]+$|:/.test(text)),
      (text) => !isPublicAddress(text),
    ),
  );
});
