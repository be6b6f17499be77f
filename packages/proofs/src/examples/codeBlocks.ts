/** Code that a document shows. */
export interface CodeBlock {
  /** Where its first line stands, counted from 1. */
  readonly line: number;
  readonly code: string;
}

const FENCE = /^```ts\n([\s\S]*?)^```$/gm;

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** The TypeScript of a document in Markdown. */
export const typeScriptOf = (markdown: string): ReadonlyArray<CodeBlock> =>
  [...markdown.matchAll(FENCE)].map(({ index, 1: code = '' }) => ({
    line: lineOf(markdown, index) + 1,
    code,
  }));

const COMMENT = /\/\*\*[\s\S]*?\*\//g;
const EXAMPLE = /@example\n([\s\S]*?)(?=\n *\* @|\n *\*\/)/g;

/** The examples in the doc comments of a source file. */
export const examplesOf = (source: string): ReadonlyArray<CodeBlock> =>
  [...source.matchAll(COMMENT)].flatMap((comment) =>
    [...comment[0].matchAll(EXAMPLE)].map(({ index, 1: code = '' }) => ({
      line: lineOf(source, comment.index + index) + 1,
      code: `${code.replace(/^ *\* ?/gm, '')}\n`,
    })),
  );

/** The blocks as one text, each on the lines on which it stands: blocks of one document build on each other. */
export const inPlace = (blocks: ReadonlyArray<CodeBlock>): string => {
  let text = '';
  let line = 1;
  for (const block of blocks) {
    text += '\n'.repeat(block.line - line) + block.code;
    line = block.line + block.code.split('\n').length - 1;
  }
  return text;
};
