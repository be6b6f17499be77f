import { expect } from '@jest/globals';
import type { Visitor } from './visitor';

/** Somebody with a keyboard and no mouse. */
export interface Typist {
  /** What has the focus, as it is labelled. */
  readonly focused: () => Promise<string>;
  /** The value of the field that has the focus. */
  readonly value: () => Promise<string>;
  readonly press: (key: string) => Promise<void>;
  /** Goes on with Tab to what is so labelled. On the way the focus is seen, wherever it is. */
  readonly tabTo: (name: string) => Promise<void>;
  readonly paste: (text: string) => Promise<void>;
  /** Waits for a page. */
  readonly heading: (name: string) => Promise<void>;
}

const MOST_TABS = 80;

const FOCUSED = `(() => {
  const { labels, textContent } = document.activeElement;
  return (labels?.[0] ?? { textContent }).textContent.trim();
})()`;

/** What is wrong with how the focus is shown; empty where it is seen. */
const UNSEEN = `(() => {
  const at = document.activeElement;
  if (at === document.body) return '';
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { top, bottom, width, height } = at.getBoundingClientRect();
  return [
    ...(outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? ['no outline'] : []),
    ...(bottom <= 0 || top >= innerHeight || width < 2 || height < 2 ? ['out of view'] : []),
  ].map((what) => what + ': ' + at.outerHTML.slice(0, 80)).join();
})()`;

export const typist = (page: Visitor['page']): Typist => {
  const asked = async (script: string): Promise<string> => String(await page.evaluate(script));
  const focused = (): Promise<string> => asked(FOCUSED);
  const press: Typist['press'] = async (key) => {
    await page.keyboard.press(key);
    if (key.endsWith('Tab')) expect(await asked(UNSEEN)).toBe('');
  };
  return {
    focused,
    value: () => asked('document.activeElement.value'),
    press,
    paste: (text) => page.keyboard.insertText(text),
    tabTo: async (name) => {
      for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
        await press('Tab');
        if ((await focused()) === name) return;
      }
      throw new Error(`Tab never came to "${name}".`);
    },
    heading: (name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor(),
  };
};
