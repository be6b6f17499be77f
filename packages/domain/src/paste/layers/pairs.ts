import type { FindingKind } from '../findings';
import type { Peel } from './layer';

const PAIRS: ReadonlyArray<readonly [FindingKind, string, string]> = [
  ...[
    '""',
    "''",
    '``',
    '“”',
    '‘’',
    '«»',
    '»«',
    '„“',
    '„”',
    '‚‘',
    '‚’',
    '‹›',
    '”“',
    '””',
    '’’',
    '「」',
    '＂＂',
  ].map((pair) => ['quotes', pair.slice(0, 1), pair.slice(1)] as const),
  ['brackets', '<', '>'],
  ['brackets', '(', ')'],
  ['brackets', '[', ']'],
  ['code', '{', '}'],
];

/** A block of code, as Markdown has it. */
const FENCE = /^(?:```|~~~)[^\r\n`]{0,32}\r?\n/;
const FENCE_END = /\r?\n(?:```|~~~)$/;

const peelFence: Peel = (text) => {
  const front = FENCE.exec(text)?.[0].length ?? 0;
  const back = FENCE_END.exec(text.slice(-5))?.[0].length ?? 0;
  return front > 0 && back > 0 && front + back <= text.length ? { kind: 'code', front, back } : null;
};

/** Marks that belong together, around the key. */
export const peelPair: Peel = (text, forms) => {
  const fence = peelFence(text, forms);
  if (fence !== null) return fence;
  for (const [kind, open, close] of PAIRS) {
    const [front, back] = [open.length, close.length];
    if (text.length >= front + back && text.startsWith(open) && text.endsWith(close)) {
      return { kind, front, back };
    }
  }
  return null;
};
