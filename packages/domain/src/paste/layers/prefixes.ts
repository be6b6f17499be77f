import type { FindingKind } from '../findings';
import type { Peel } from './layer';

const NAME = String.raw`[A-Za-z_][A-Za-z0-9_.]{0,63}`;
/** Names that settings have: all capitals, or with "key", "token" or "secret" in them. */
const SPEAKING = String.raw`[A-Za-z0-9_-]{0,48}(?:key|token|secret)[A-Za-z0-9_-]{0,16}`;
const SETTING = `(?:[A-Z][A-Z0-9_]{0,63}|${SPEAKING})`;
const ITEM = String.raw`(?:-\s+)?`;
const TYPES = 'const|let|var|val|final|static|private|public|protected|readonly|string|str|char|auto';

/** None is followed by `=` alone: that is the padding of base64. */
const PREFIXES: ReadonlyArray<readonly [FindingKind, RegExp]> = [
  ['bearer', /^bearer\s+/i],
  ['header', /^(?:authorization|proxy-authorization|x-api-key|x-goog-api-key|api-key)\s*:\s*/i],
  ['powershell', new RegExp(String.raw`^\$\{?env:${NAME}\}?\s*=\s*`, 'i')],
  ['code', new RegExp(String.raw`^\$${NAME}\s*=\s*(?=[^=\s])`)],
  [
    'code',
    new RegExp(
      String.raw`^(?:(?:${TYPES})\s+){1,4}${NAME}(?:\s*:\s*[A-Za-z<>]{1,32})?\s*:?=\s*(?=[^=\s])`,
      'i',
    ),
  ],
  ['export', new RegExp(String.raw`^(?:export|setx?|env|arg|declare)\s+(?:-[a-z]+\s+)*${NAME}\s*=\s*`, 'i')],
  ['export', new RegExp(String.raw`^(?:setx|setenv|set\s+-[a-z]+|env)\s+${NAME}\s+`, 'i')],
  ['option', /^--?[A-Za-z][A-Za-z0-9-]{0,40}(?:\s*=\s*|\s+)(?=[^=\s])/],
  ['name-equals', new RegExp(String.raw`^${ITEM}["']?${SETTING}["']?\s*(?:=>|:=|=)\s*(?=[^=\s])`, 'i')],
  ['name-colon', new RegExp(String.raw`^${ITEM}["']?${SETTING}["']?\s*:\s+(?=\S)`, 'i')],
  ['name-colon', new RegExp(String.raw`^(?:${SPEAKING}|(["'])${SETTING}\1)\s*:(?=\S)`, 'i')],
];

/** What names the key in front of it. */
export const peelPrefix: Peel = (text) => {
  for (const [kind, prefix] of PREFIXES) {
    const length = prefix.exec(text)?.[0].length ?? 0;
    if (length > 0 && length < text.length) return { kind, front: length, back: 0 };
  }
  return null;
};
