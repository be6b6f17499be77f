import type { Session } from '../postgres/session';

/** What is asked, by a word of it, and the rows that come; a function gives other ones each time. */
type Answers = Readonly<Record<string, ReadonlyArray<unknown> | (() => ReadonlyArray<unknown>)>>;

/** A session with a server that no test can have: another version, or one with modules that are not there. */
export const scriptedSession = (answers: Answers): Session => ({
  query: async (text) => {
    const found = Object.entries(answers).find(([word]) => text.includes(word))?.[1] ?? [];
    const rows = typeof found === 'function' ? found() : found;
    return Promise.resolve({ rows, count: rows.length });
  },
});
