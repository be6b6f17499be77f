import { areTyped, unseenIn } from '../blanks';
import type { Finding, FindingPlace } from '../findings';
import type { KeyForms } from '../keyForms';
import { isPlaceholder } from '../placeholders';
import type { Layer, Peel } from './layer';

const MAX_LAYERS = 8;

/** The findings of a piece of a text, in the text. */
export const moved = (findings: ReadonlyArray<Finding>, by: number): ReadonlyArray<Finding> =>
  findings.map((finding) => ({ ...finding, at: finding.at + by }));

const blankFinding = (text: string, place: FindingPlace, at: number, length: number): Finding => {
  const blanks = text.slice(at, at + length);
  return {
    kind: areTyped(blanks) ? 'white-space' : 'invisible',
    place,
    at,
    length,
    unseen: unseenIn(blanks),
  };
};

/** What a layer is, in the text that it was around. */
const findingsOf = ({ kind, front, back }: Layer, text: string): ReadonlyArray<Finding> => {
  const at = text.length - back;
  switch (kind) {
    case 'white-space':
      return front === text.length
        ? [blankFinding(text, 'whole', 0, front)]
        : [
            ...(front > 0 ? [blankFinding(text, 'front', 0, front)] : []),
            ...(back > 0 ? [blankFinding(text, 'end', at, back)] : []),
          ];
    case 'code':
    case 'quotes':
    case 'brackets':
      return [{ kind, place: 'around', at: 0, length: text.length }];
    default:
      if (front > 0 && back > 0) return [{ kind, place: 'around', at: 0, length: text.length }];
      return [
        ...(front > 0 ? [{ kind, place: 'front', at: 0, length: front } as const] : []),
        ...(back > 0 ? [{ kind, place: 'end', at, length: back } as const] : []),
      ];
  }
};

/** What is left of a paste, and what was around it. */
interface Peeled {
  readonly from: number;
  readonly to: number;
  readonly findings: ReadonlyArray<Finding>;
}

/** Takes one layer after the other off, from the outside in. What is in code is told as code alone. */
export const peelAll = (paste: string, forms: KeyForms, peels: ReadonlyArray<Peel>): Peeled => {
  let [from, to, isInCode] = [0, paste.length, false];
  const findings: Finding[] = [];
  for (let count = 0; count < MAX_LAYERS; count += 1) {
    const text = paste.slice(from, to);
    if (isPlaceholder(text, forms)) break;
    const layer = peels.reduce<Layer | null>((found, peel) => found ?? peel(text, forms), null);
    if (layer === null) break;
    const found = moved(findingsOf(layer, text), from);
    findings.push(...found.filter(({ kind }) => !isInCode || kind === 'invisible'));
    isInCode ||= layer.kind === 'code';
    from += layer.front;
    to -= layer.back;
  }
  return { from, to, findings };
};
