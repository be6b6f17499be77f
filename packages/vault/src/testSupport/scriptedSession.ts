import type { Database } from '../postgres/connection';
import type { Session } from '../postgres/session';

type Rows = ReadonlyArray<unknown>;

/** What is asked, by a piece of its text, and the rows that come; a function may give other ones each time. */
type Answers = Readonly<Record<string, Rows | (() => Rows)>>;

const answered = (answers: Answers, otherwise: Session): Session => ({
  query: async (text, values) => {
    const found = Object.entries(answers).find(([piece]) => text.includes(piece))?.[1];
    if (found === undefined) return otherwise.query(text, values);
    const rows = typeof found === 'function' ? found() : found;
    return { rows, count: rows.length };
  },
});

/**
 * A session with a server that no test can have, such as one with modules that are not there. What it is not told gives
 * no row.
 */
export const scriptedSession = (answers: Answers): Session =>
  answered(answers, { query: () => Promise.resolve({ rows: [], count: 0 }) });

/** A database that is as it is but for some answers: those of an older server, or of one that something happens to. */
export const answering = (database: Database, answers: Answers): Database => ({
  ...database,
  run: (use) => database.run((session) => use(answered(answers, session))),
  transaction: (use) => database.transaction((session) => use(answered(answers, session))),
});

/** A database in which something happens before each statement that has this piece. */
export const meanwhile = (database: Database, piece: string, happens: () => Promise<unknown>): Database => {
  const watched = (session: Session): Session => ({
    query: async (text, values) => {
      if (text.includes(piece)) await happens();
      return session.query(text, values);
    },
  });
  return {
    ...database,
    run: (use) => database.run((session) => use(watched(session))),
    transaction: (use) => database.transaction((session) => use(watched(session))),
  };
};
