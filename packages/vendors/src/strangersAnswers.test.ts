import { expect, test } from '@jest/globals';
import { STRANGERS_ANSWERS } from '@keyturn/testbed/strangers';
import { readAnswer } from './answer';
import { CALLED_TABLES } from './testSupport/calledTables';

/** What decides nothing, and tells nobody that something is theirs to mend. */
const NOTHING_SAID = ['unrecognised-answer', 'vendor-error', 'overloaded'];

test('they are kept by the hundred, each with a name of its own and its source', () => {
  expect(STRANGERS_ANSWERS.length).toBeGreaterThan(300);
  expect(new Set(STRANGERS_ANSWERS.map(({ name }) => name)).size).toBe(STRANGERS_ANSWERS.length);
  expect(STRANGERS_ANSWERS.filter(({ source }) => source.trim() === '')).toEqual([]);
});

test.each(CALLED_TABLES)('V-13: what somebody else answers says nothing about a key of %s', (_, table) => {
  const { codeHeader } = table.errors;
  const readings = STRANGERS_ANSWERS.map((answer) => {
    const code = codeHeader === null ? null : (answer.headers[codeHeader] ?? null);
    const requestId = answer.headers[table.requestId?.header ?? ''] ?? null;
    return { name: answer.name, meaning: readAnswer(table, { ...answer, code, requestId }).meaning };
  });
  expect(readings.filter(({ meaning }) => !NOTHING_SAID.includes(meaning))).toEqual([]);
});
