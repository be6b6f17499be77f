import { expect, test } from '@jest/globals';
import { Label } from './events';

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

test.each(['prod-1', 'old …', 'الإنتاج', 'prod · eu', '❤\ufe0f dev', 'café', '鍵', '…AbCd'])(
  '%s is one',
  (label) => {
    expect(Label.is(label)).toBe(true);
  },
);
