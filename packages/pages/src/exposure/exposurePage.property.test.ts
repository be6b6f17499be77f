import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { looksLikeSecret } from '@keyturn/domain';
import * as fc from 'fast-check';
import { parse, type DefaultTreeAdapterMap } from 'parse5';
import { withoutActing } from '../parts/shown';
import { caseOf, certificateOf, HONEST, reportOf, UNTIL, type Outside } from '../testSupport/reports';
import { exposurePage } from './exposurePage';

type Node = DefaultTreeAdapterMap['node'];

const pageWith = (outside: Outside): string =>
  exposurePage({
    report: reportOf(outside),
    leakCase: caseOf(outside),
    certificate: certificateOf(outside),
    madeAt: UNTIL,
  });

/** All of a page but its texts, as a browser reads it. */
const structureOf = (node: Node): unknown => [
  node.nodeName,
  'attrs' in node ? node.attrs.map(({ name, value }) => [name, value]) : [],
  'childNodes' in node
    ? node.childNodes.filter(({ nodeName }) => nodeName !== '#text').map((child) => structureOf(child))
    : [],
];

const textOf = (node: Node): string => {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map((child) => textOf(child)).join(' ') : '';
};

const HOSTILE = [
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '</style><b>',
    '</title>',
  ],
  ...[
    '<!--',
    '-->',
    ']]>',
    '&lt;b&gt;',
    '<svg/onload=alert(1)>',
    '{{7*7}}',
    'javascript:alert(1)',
    '</bdi></td></tr>',
  ],
  ...[
    '\u202eevil',
    '\u2066a',
    'a\u0000b',
    '\u001b[2J',
    '\ud800',
    '\u2028',
    '\u200b',
    '\ufeff',
    '\r',
    '\u0085',
  ],
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
const outside: fc.Arbitrary<Outside> = fc.record({
  workspace: text,
  keyId: text,
  vendor: text,
  label: text,
  last4: text,
  actor: text,
  origin: text,
  project: text,
  run: text,
  caseId: text,
  evidence: text,
  because: text,
});

test('no text from outside breaks out of its place, and none is lost', () => {
  const honest = structureOf(parse(pageWith(HONEST)));
  fc.assert(
    fc.property(outside, (given) => {
      const page = parse(pageWith(given));
      expect(structureOf(page)).toEqual(honest);
      const read = textOf(page);
      for (const each of Object.values(given)) expect(read).toContain(withoutActing(each));
    }),
    { numRuns: longRuns(60) },
  );
});

test('nothing in a page turns or hides what stands around it', () => {
  fc.assert(
    fc.property(outside, (given) => {
      expect(pageWith(given)).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/,
      );
    }),
    { numRuns: longRuns(60) },
  );
});

test('a page has no text that is shaped like a secret', () => {
  expect(looksLikeSecret(textOf(parse(pageWith(HONEST))))).toBe(false);
});
