import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BodyCondition, ErrorCondition } from './answerRules';
import { readAnswer } from './answer';
import { killCheckTable } from './killCheck';
import type { RecordedAnswer } from './sandbox/recordedAnswer';
import type { CalledTable, VendorTable } from './vendorTable';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

const NOTHING_SAID = ['unrecognised-answer', 'vendor-error', 'overloaded'];

type Json = unknown;

const isRecord = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with what stands at a path put in another's place; `undefined` takes it away. */
const changedAt = (json: Json, path: ReadonlyArray<string>, to: Json): Json => {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  if (name === '*') return Array.isArray(json) ? json.map((one: Json) => changedAt(one, rest, to)) : json;
  const within = isRecord(json) ? json : {};
  return { ...within, [name]: changedAt(within[name], rest, to) };
};

/** What no condition on a place takes. */
const broken = (condition: BodyCondition): Json => ('absent' in condition ? 'zz_there' : undefined);

const breaking = (json: Json, condition: BodyCondition): Json =>
  changedAt(json, condition.path.split('.'), broken(condition));

/** Nothing can be put where a list would have to be. */
const canBeBroken = (condition: ErrorCondition): condition is BodyCondition =>
  'path' in condition && !('absent' in condition && condition.path.includes('*'));

/** The answer with one condition broken of each form that the vendor has. */
const withoutForm = (table: VendorTable, json: Json, choice: number): Json =>
  table.errors.shapes.reduce<Json>((changed, { conditions, codes }) => {
    const breakable = conditions.filter(canBeBroken);
    const condition = breakable[choice % Math.max(1, breakable.length)];
    return condition === undefined
      ? codes.reduce<Json>((more, path) => changedAt(more, path.split('.'), 'zz_code'), changed)
      : breaking(changed, condition);
  }, json);

const withUnknownCodes = (table: VendorTable, json: Json): Json =>
  table.errors.shapes
    .flatMap(({ codes }) => codes)
    .reduce<Json>((changed, path) => changedAt(changed, path.split('.'), 'zz_code'), json);

/** How an answer is read that comes with a request id, which is the vendor's own or none. */
const read = (
  table: CalledTable,
  status: number,
  json: Json,
  { code, requestId }: { readonly code: string | null; readonly requestId: string | null },
) => readAnswer(table, { status, body: JSON.stringify(json), code, requestId }).meaning;

const isJson = ({ body }: RecordedAnswer): boolean => {
  try {
    return isRecord(JSON.parse(body));
  } catch {
    return false;
  }
};

describe.each(VENDOR_TABLES.map((table) => [table.vendor, table] as const))(
  'V-13: what is nearly an answer of %s',
  (vendor, table) => {
    const sandbox = SANDBOX_VENDORS.find((known) => known.vendor === vendor);
    const recorded = sandbox?.answers ?? [];
    const telling = recorded.filter((answer) => !NOTHING_SAID.includes(answer.means) && isJson(answer));
    const errors = telling.filter(({ means }) => means !== 'accepted');
    const successes = telling.filter(({ means }) => means === 'accepted');
    const { codeHeader } = table.errors;
    const headersOf = ({ headers }: RecordedAnswer) => ({
      code: codeHeader === null ? null : (headers[codeHeader] ?? null),
      requestId: sandbox?.newRequestId() ?? null,
    });

    test('says nothing where one condition of its form is broken', () => {
      fc.assert(
        fc.property(fc.constantFrom(...errors), fc.nat(7), (answer, choice) => {
          const json = withoutForm(table, JSON.parse(answer.body), choice);
          expect(NOTHING_SAID).toContain(read(table, answer.status, json, headersOf(answer)));
        }),
      );
    });

    // Where a form has no codes, its words alone tell.
    const ofCodes = table.errors.shapes.every(({ codes }) => codes.length > 0) ? errors : [];
    test('says nothing with a code that nobody knows', () => {
      const meanings = ofCodes.map((answer) =>
        read(table, answer.status, withUnknownCodes(table, JSON.parse(answer.body)), {
          ...headersOf(answer),
          code: 'zz_code',
        }),
      );
      expect(meanings.filter((meaning) => !NOTHING_SAID.includes(meaning))).toEqual([]);
    });

    test('says nothing without an id of its own, where its form asks for one', () => {
      const asksForId = table.errors.shapes.some(({ conditions }) =>
        conditions.some((condition) => 'requestId' in condition),
      );
      const lost = errors.filter((answer) => {
        const meaning = read(table, answer.status, JSON.parse(answer.body), {
          ...headersOf(answer),
          requestId: null,
        });
        return NOTHING_SAID.includes(meaning);
      });
      expect(lost.length > 0).toBe(asksForId);
    });

    test('says nothing bad with a status that is of no error', () => {
      for (const called of [table, killCheckTable(table)]) {
        for (const answer of errors) {
          const meanings = [200, 201, 202, 204, 302, 307].map((status) =>
            read(called, status, JSON.parse(answer.body), headersOf(answer)),
          );
          expect(meanings.filter((meaning) => !NOTHING_SAID.includes(meaning))).toEqual([]);
        }
      }
    });

    test('says nothing to a test call where only its kill check says so', () => {
      for (const { status, body, says } of sandbox?.killCheckAnswers ?? []) {
        if (status >= 400) continue;
        const ids = { code: null, requestId: sandbox?.newRequestId() ?? null };
        expect([body, says, readAnswer(table, { status, body, ...ids }).meaning]).toEqual([
          body,
          says,
          'unrecognised-answer',
        ]);
      }
    });

    test('says nothing where it is cut, or stands within something else', () => {
      for (const answer of telling) {
        const { status, body } = answer;
        for (const changed of [
          body.slice(0, -1),
          body.slice(1),
          `${body}${body}`,
          JSON.stringify(body),
          `{"upstream":${body}}`,
          `<pre>${body}</pre>`,
        ]) {
          expect(NOTHING_SAID).toContain(
            readAnswer(table, { status, body: changed, ...headersOf(answer) }).meaning,
          );
        }
      }
    });

    test('is no yes where one condition of a success is broken, or the status', () => {
      for (const answer of successes) {
        for (const condition of table.success.conditions) {
          expect(
            read(table, answer.status, breaking(JSON.parse(answer.body), condition), headersOf(answer)),
          ).not.toBe('accepted');
        }
        for (let status = 100; status < 600; status += 1) {
          if (status === table.success.status) continue;
          expect(read(table, status, JSON.parse(answer.body), headersOf(answer))).not.toBe('accepted');
        }
      }
    });
  },
);
