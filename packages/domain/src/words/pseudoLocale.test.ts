import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { payloads, type KeyringEventType } from '../events';
import { displayLine, displayStatus, failureWords } from '../labels';
import { arbitraryOf } from '../testSupport/arbitraryOf';
import { FailureReason, ValidationOutcome } from '../validation';
import { auditFacts } from './auditFacts';
import type { FindingKind, FindingPlace } from '../paste/findings';
import type { AuditSubject, Catalogue, FaultInput, LabelInput } from './catalogue';
import { english } from './english';
import { pseudoLocale } from './pseudoLocale';

const types = Object.keys(payloads) as ReadonlyArray<KeyringEventType>;
const reasons = Object.keys(FailureReason.keys) as ReadonlyArray<FailureReason>;

const labels: fc.Arbitrary<LabelInput & { readonly last4: string }> = fc.record({
  last4: fc.stringMatching(/^[\x21-\x7e]{4}$/),
  status: fc.constantFrom('pending', 'active', 'failed', 'retired', 'hard-deleted'),
  failureReason: fc.option(fc.constantFrom(...reasons)),
  isDefault: fc.boolean(),
  wasDefault: fc.boolean(),
  openRuns: fc.nat(3),
  suspended: fc.boolean(),
});

const named = fc.option(
  fc.record({
    keyId: fc.stringMatching(/^[a-z]{1,9}$/),
    last4: fc.option(fc.stringMatching(/^[a-z]{4}$/)),
    vendorName: fc.option(fc.constant('Anthropic')),
    label: fc.option(fc.constant('production')),
  }),
);
const subjects: fc.Arbitrary<AuditSubject> = fc.record({
  actor: fc.constant({ kind: 'user' as const, id: 'ada' }),
  key: named,
  previousKey: named,
  runId: fc.option(fc.constant('run')),
  projectId: fc.option(fc.constant('docs')),
  caseId: fc.option(fc.constant('case')),
});

const counts = fc.nat(9);
const faults: fc.Arbitrary<FaultInput> = fc.record({
  fault: fc.constantFrom('this-key', 'vendor-wide', 'platform-side'),
  faultCounts: fc.record({
    windowMinutes: counts,
    workspaces: counts,
    workspacesTroubled: counts,
    vendors: counts,
    vendorsTroubled: counts,
  }),
  vendorName: fc.constant('Anthropic'),
  statusUrl: fc.constant(null),
  supportAddress: fc.constant(null),
});

/** Every word of a catalogue: for each member, some text of it. */
const texts = (words: Catalogue): { readonly [M in keyof Catalogue]: fc.Arbitrary<string> } => ({
  language: fc.constant(words.failure('unfunded')),
  direction: fc.constant(words.failure('unfunded')),
  failure: fc.constantFrom(...reasons).map((reason) => failureWords(reason, words)),
  keyStatus: labels.map((label) => displayStatus(label, words)),
  keyLine: labels.map((label) => displayLine(label, words)),
  testCall: arbitraryOf(ValidationOutcome).map((outcome) =>
    words.testCall('Anthropic', outcome as ValidationOutcome),
  ),
  pasteFinding: fc
    .record({
      kind: fc.constantFrom<FindingKind>(
        'white-space',
        'not-text',
        'other-vendor',
        'code',
        'masked',
        'placeholder',
      ),
      place: fc.constantFrom<FindingPlace>('front', 'end', 'around', 'within', 'whole'),
      at: fc.nat(20),
      length: fc.nat(20),
      unseen: fc.constant([{ character: 'U+0020', count: 2 }]),
      owner: fc.constant('openai'),
    })
    .map(words.pasteFinding),
  fault: faults.map((fault) => words.fault(fault) ?? words.failure('rejected')),
  audit: fc
    .tuple(fc.constantFrom(...types), subjects)
    .chain(([type, subject]) =>
      arbitraryOf(auditFacts[type] as never).map((facts) => words.audit(type, subject, facts as never)),
    ),
  unknownEvent: subjects.map((subject) => words.unknownEvent(subject, 'KeyPainted')),
});

describe.each(Object.entries(texts(pseudoLocale)))('in the pseudo-locale %s', (_, text) => {
  test('runs from right to left, and has no letter that is read in English', () => {
    fc.assert(
      fc.property(text, (said) => {
        expect(said).toMatch(/^\u2067\[[^]*\]\u2069$/);
        expect(said).not.toMatch(/[A-Za-z]/);
      }),
    );
  });
});

describe.each(Object.entries(texts(english)))('in English %s', (_, text) => {
  test('says something, and nothing that is only a value of a program', () => {
    fc.assert(
      fc.property(text, (said) => {
        expect(said).toMatch(/[A-Za-z]/);
        expect(said).not.toMatch(/(?:^|[ (])(?:undefined|null|\[object)\b/);
      }),
    );
  });
});

test('what is said in the pseudo-locale is longer than in English', () => {
  fc.assert(
    fc.property(labels, (label) => {
      expect(displayLine(label, pseudoLocale).length).toBeGreaterThan(displayLine(label).length * 1.4);
    }),
  );
});
