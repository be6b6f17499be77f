import { expect, test } from '@jest/globals';
import { STRANGERS_ANSWERS, type StrangersAnswer } from '@keyturn/testbed/strangers';
import { readAnswer } from './answer';
import { CALLED_TABLES } from './testSupport/calledTables';
import type { CalledTable } from './vendorTable';

/** What decides nothing, and tells nobody that something is theirs to mend. */
const NOTHING_SAID = ['unrecognised-answer', 'vendor-error', 'overloaded'];

test('they are kept by the hundred, each with a name of its own and its source', () => {
  expect(STRANGERS_ANSWERS.length).toBeGreaterThan(300);
  expect(new Set(STRANGERS_ANSWERS.map(({ name }) => name)).size).toBe(STRANGERS_ANSWERS.length);
  expect(STRANGERS_ANSWERS.filter(({ source }) => source.trim() === '')).toEqual([]);
});

/** What a table makes of them that it should not. */
const taken = (table: CalledTable, answers: ReadonlyArray<StrangersAnswer>) => {
  const { codeHeader } = table.errors;
  return answers
    .map((answer) => {
      const code = codeHeader === null ? null : (answer.headers[codeHeader] ?? null);
      const requestId = answer.headers[table.requestId?.header ?? ''] ?? null;
      return { name: answer.name, meaning: readAnswer(table, { ...answer, code, requestId }).meaning };
    })
    .filter(({ meaning }) => !NOTHING_SAID.includes(meaning));
};

test.each(CALLED_TABLES)('V-13: what somebody else answers says nothing about a key of %s', (_, table) => {
  expect(taken(table, STRANGERS_ANSWERS)).toEqual([]);
});

test.each(CALLED_TABLES)('V-13: nor does it where it comes with 200 to a key of %s', (_, table) => {
  expect(
    taken(
      table,
      STRANGERS_ANSWERS.map((answer) => ({ ...answer, status: 200 })),
    ),
  ).toEqual([]);
});
