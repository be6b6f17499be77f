import { expect, test } from '@jest/globals';
import { defaultDecider, leakOutcome, type EnvelopedEvent, type KeyId } from '@keyturn/domain';
import fc from 'fast-check';
import { entered, type CaseLedger } from './caseLedger';
import { caseViolations } from './caseViolations';
import { playSteps, type PlayedStep } from './play';
import { keyringSteps } from './steps';

const FIVE_MINUTES = 300_000;

interface Check {
  readonly says: string;
  readonly via: string;
  readonly at: number;
  readonly counts: boolean;
}

/** Whether a key is dead by its checks, read once more from the back, as a person would with the list in hand. */
const isDead = (checks: ReadonlyArray<Check>): boolean => {
  const lastAlive = checks.map(({ says }) => says.startsWith('alive')).lastIndexOf(true);
  const since = checks.slice(lastAlive + 1).filter(({ says }) => says !== 'not-checkable');
  if (since.some(({ via, counts }) => via === 'vendor-list' && counts)) return true;
  return since.some((last, end) => {
    const row: Check[] = [];
    for (let i = end; i >= 0; i -= 1) {
      const check = since[i];
      if (check?.counts !== true) break;
      row.unshift(check);
    }
    return row.length >= 3 && last.at - (row[0]?.at ?? last.at) >= FIVE_MINUTES;
  });
};

const checksOf = (events: ReadonlyArray<EnvelopedEvent>, keyId: KeyId): ReadonlyArray<Check> =>
  events.flatMap(({ event, envelope }) =>
    event.type === 'KeyKillChecked' && event.data.keyId === keyId
      ? [{ ...event.data, at: Math.min(event.data.checkedAt, envelope.time) }]
      : [],
  );

const upTo = (played: ReadonlyArray<PlayedStep>, n: number): ReadonlyArray<EnvelopedEvent> =>
  played.slice(0, n + 1).flatMap(({ events }) => events);

const stories = keyringSteps(80);

test('invariant 16: no case is closed as contained but by what the vendor itself shows', () => {
  let contained = 0;
  let closed = 0;
  fc.assert(
    fc.property(stories, (steps) => {
      const played = playSteps(defaultDecider, steps);
      played.forEach(({ events, before }, n) => {
        for (const { event } of events) {
          if (event.type !== 'LeakCaseClosed') continue;
          const { keyId, outcome } = event.data;
          const dead = isDead(checksOf(upTo(played, n), keyId));
          const ofCase = before.leaks.get(keyId)?.cases.find(({ caseId }) => caseId === event.data.caseId);
          if (ofCase?.report === null) expect(outcome).toBe('withdrawn');
          else expect(outcome === 'contained').toBe(dead);
          closed += 1;
          contained += Number(outcome === 'contained');
        }
      });
    }),
    { numRuns: 400, seed: 17 },
  );
  expect(closed).toBeGreaterThan(20);
  expect(contained).toBeGreaterThan(0);
});

test('what the state says of a key being dead is what its checks say', () => {
  let dead = 0;
  fc.assert(
    fc.property(stories, (steps) => {
      const played = playSteps(defaultDecider, steps);
      const last = played.at(-1);
      if (last === undefined) return;
      for (const leak of last.after.leaks.values()) {
        const expected = isDead(checksOf(upTo(played, played.length), leak.keyId));
        expect(leak.checks.dead).toBe(expected);
        for (const ofCase of leak.cases) {
          if (ofCase.report !== null) expect(leakOutcome(leak, ofCase) === 'contained').toBe(expected);
        }
        dead += Number(expected);
      }
    }),
    { numRuns: 400, seed: 18 },
  );
  expect(dead).toBeGreaterThan(5);
});

test('a key that is alive after all opens its closed cases again', () => {
  let reopened = 0;
  fc.assert(
    fc.property(stories, (steps) => {
      for (const { events, before, after } of playSteps(defaultDecider, steps)) {
        for (const { event } of events) {
          if (event.type !== 'KeyKillChecked' || !event.data.says.startsWith('alive')) continue;
          const { keyId } = event.data;
          expect(after.leaks.get(keyId)?.cases.every(({ closed }) => !closed)).toBe(true);
          reopened += Number(before.leaks.get(keyId)?.cases.some(({ closed }) => closed) ?? false);
        }
      }
    }),
    { numRuns: 600, seed: 19 },
  );
  expect(reopened).toBeGreaterThan(0);
});

test('invariants 16 to 19: what is told of cases is what a ledger of the events has', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      let ledger: CaseLedger = new Map();
      for (const { before, command, events, after } of playSteps(defaultDecider, steps)) {
        const ledgerAfter = events.reduce(entered, ledger);
        const [wrong] = caseViolations(
          { keyring: before, ledger },
          { command, events },
          { keyring: after, ledger: ledgerAfter },
        );
        expect(wrong).toBeUndefined();
        ledger = ledgerAfter;
      }
    }),
    { numRuns: 300 },
  );
});
