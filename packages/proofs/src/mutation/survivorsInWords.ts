import type { Explanations } from './survivors';

const BEGIN = '<!-- survivors: written by scripts/mutation --document -->';
const END = '<!-- end of survivors -->';

const inCode = (text: string): string => {
  const short = text.length > 90 ? `${text.slice(0, 89)}…` : text;
  const fence = short.includes('`') ? '``' : '`';
  return short === '' ? 'nothing' : `${fence}${fence.length > 1 ? ` ${short} ` : short}${fence}`;
};

const ofPackage = ([name, explanations]: readonly [string, Explanations]): string =>
  [
    `### ${name}`,
    ...explanations.map(
      ({ why, mutants }) =>
        `${why}\n\n${mutants
          .map(
            ({ file, from, to }) => `- ${file.replace(/^.*[/]src[/]/, '')}: ${inCode(from)} → ${inCode(to)}`,
          )
          .join('\n')}`,
    ),
  ].join('\n\n');

/** The document with the survivors' explanations as the lists have them. */
export const withSurvivors = (
  document: string,
  lists: ReadonlyArray<readonly [target: string, explanations: Explanations]>,
): string => {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('the document has no place for survivors');
  return `${document.slice(0, begin + BEGIN.length)}\n\n${lists.map(ofPackage).join('\n\n')}\n\n${document.slice(end)}`;
};
