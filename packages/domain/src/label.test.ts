import { expect, test } from '@jest/globals';
import { Label, StoredLabel } from './label';

test.each(['\u3164', '\u2800', '\uffa0', '\u034f', '\ufe0f', '\u180b', '\u17b4', '\u3164 \u3164', '\u0301'])(
  'I-44, V-24: %j shows nothing, and is no label',
  (label) => {
    expect(Label.is(label)).toBe(false);
  },
);

test.each(['…AbCd · Default', '...AbCd · Active', 'x …AbCd • Default'])(
  'I-44, V-24: %s could be read as a display, and is no label',
  (label) => {
    expect(Label.is(label)).toBe(false);
  },
);

test.each([
  ['another dot', '…AbCd \u0387 Default'],
  ['a dot of mathematics', '…AbCd \u2219 Default'],
  ['a dot between syllables', '…AbCd \u2027 Default'],
  ['a letter that is a dot', '…AbCd \ua78f Default'],
  ['dots of other widths', '\u2025\u2024AbCd · Default'],
  ['dots at half height', '\u22efAbCd · Default'],
  ['marks that are not seen', '…A\ufe0fb\ufe0fC\ufe0fd\ufe0f · Default'],
  ['joiners', '…A\u200db\u200dC\u200dd  · Default'],
])('I-44, V-24: a label that reads as a display with %s is none', (_, label) => {
  expect(Label.is(label)).toBe(false);
});

test.each(['prod-1', 'old …', 'الإنتاج', 'prod · eu', '❤\ufe0f dev', 'café', '鍵', '…AbCd'])(
  '%s is one',
  (label) => {
    expect(Label.is(label)).toBe(true);
  },
);

test.each([
  '👩‍💻 dev',
  '👩🏽‍🚀',
  '🏳️‍🌈 team',
  '❤️‍🔥',
  '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Glasgow',
  'می‌خواهم',
  'क्‍ष',
  'ശ്രീ‍',
  'അവന്‍',
  'Auf‌lage',
  '😀'.repeat(40),
  '👨‍👩‍👧‍👦'.repeat(40),
  '🇨🇭'.repeat(64),
  'é'.normalize('NFD').repeat(64),
])('V-23: %s is a label that people write', (label) => {
  expect(Label.is(label)).toBe(true);
  expect(StoredLabel.is(label)).toBe(true);
});

test.each([
  ['a joiner at the beginning', '\u200dprod'],
  ['a joiner behind a space', 'prod \u200ddev'],
  ['two joiners', 'a\u200d\u200db'],
  ['a joiner at the end of Latin', 'prod\u200d'],
  ['text that is hidden in tags', 'prod\u{e0068}\u{e0069}'],
  [
    'text that is hidden in a flag',
    '🏴\u{e0068}\u{e0069}\u{e0068}\u{e0069}\u{e0068}\u{e0069}\u{e0068}\u{e007f}',
  ],
  ['a mark that turns the direction', 'prod\u202edorp'],
  ['a space of no width', 'pro\u200bd'],
  ['half a surrogate pair', 'prod\ud83d'],
  ['joiners alone', '\u200d\u200c'],
  ['65 emoji', '😀'.repeat(65)],
  ['65 letters', 'a'.repeat(65)],
  ['one character of 513 units', `a${'\u0301'.repeat(512)}`],
])('V-23, V-24: a label with %s is none', (_, label) => {
  expect(Label.is(label)).toBe(false);
});

test('what a newer Unicode knows as an emoji stops no fold of a Node that does not know it', () => {
  const unassigned = '\u{1fbff} dev';
  expect([Label.is(unassigned), StoredLabel.is(unassigned)]).toEqual([false, true]);
});
