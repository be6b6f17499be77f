import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DOCS = resolve(__dirname, '../../../../docs');
const promises = readFileSync(join(DOCS, 'promises.md'), 'utf8');
const page = readFileSync(join(DOCS, 'customers.md'), 'utf8');

interface Held {
  readonly sentence: string;
  readonly by: ReadonlyArray<string>;
}

/** Each quoted sentence with the suites that are named up to the next one. */
const held = (document: string): ReadonlyArray<Held> => {
  const quotes = [...document.matchAll(/^(?:> .*\n)+/gm)];
  return quotes.map(({ index, 0: quote }, place) => ({
    sentence: quote.replace(/^> /gm, '').trim().replace(/\n/g, ' '),
    by: [...document.slice(index, quotes[place + 1]?.index).matchAll(/\]\(([^)#]+[.]test[.]ts)\)/g)].map(
      ([, path = '']) => path,
    ),
  }));
};

/** The page's sentences, without headings, numbers and bullets. */
const sentencesOf = (document: string): ReadonlyArray<string> =>
  document
    .slice(document.indexOf('\n> '))
    .split('\n')
    .map((line) => line.replace(/^> ?/, ''))
    .join('\n')
    .replace(/^(?:\d+[.]|-) /gm, '\n\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replace(/\s+/g, ' '))
    .filter((paragraph) => paragraph !== '' && !paragraph.startsWith('**'))
    .flatMap((paragraph) => paragraph.split(/(?<=[.:]) (?=[A-Z])/))
    .filter((sentence) => sentence !== 'We will:');

describe('docs/promises.md', () => {
  test('quotes every sentence that customers are told, in their order, and no other', () => {
    expect(held(promises).map(({ sentence }) => sentence)).toEqual(sentencesOf(page));
  });

  test.each(held(promises).map(({ sentence, by }) => [sentence, by] as const))(
    'names suites that exist for: %s',
    (_sentence, by) => {
      expect(by).not.toEqual([]);
      expect(by.filter((path) => !existsSync(join(DOCS, path)))).toEqual([]);
    },
  );

  test('has no dead link', () => {
    const links = [...promises.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(DOCS, path)))).toEqual([]);
  });
});

test('a sentence without a suite, or with one that is gone, is seen', () => {
  const document = '> One,\n> and more.\n\n[a](gone.test.ts)\n\n> Two.\n\nNothing.\n';
  expect(held(document)).toEqual([
    { sentence: 'One, and more.', by: ['gone.test.ts'] },
    { sentence: 'Two.', by: [] },
  ]);
});
