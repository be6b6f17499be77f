import type { ExposureAnswer } from 'keyturn';
import type { FaultyPart, TrustCheck } from '../trust/check';
import { randomOf } from './planned';
import { foundIn, FROM, newReporting, type AlteredReport } from './reporting';
import { HOUR, SHAPES } from './shapes';
import { THEFTS } from './thefts';

/** A report that says this of every rule that was judged. */
const thatAlwaysSays =
  (state: 'found' | 'clear'): AlteredReport =>
  (report): ExposureAnswer => ({
    ...report,
    rules: report.rules.map((answer) => (answer.state === 'not-judged' ? answer : { ...answer, state })),
  });

/** So many of these reports may have a finding: one in twenty, and what chance adds to that (three deviations). */
const mostAlarms = (reports: number): number => reports / 20 + 3 * Math.sqrt((reports * 19) / 400);

const FEWEST_ROUNDS = 2;

const over =
  (altered?: AlteredReport): TrustCheck['run'] =>
  async ({ until, seed, progress }) => {
    const reporting = await newReporting(altered);
    const violations: string[] = [];
    const alarmed: string[] = [];
    let [reports, thefts] = [0, 0];
    const figures = () => ({
      'honest histories': reports,
      'with a finding': alarmed.length,
      'planted thefts': thefts,
    });
    try {
      const isBroken = (): boolean => violations.length > 0 || alarmed.length > mostAlarms(reports);
      for (let round = 0; round < FEWEST_ROUNDS || (Date.now() < until && !isBroken()); round += 1) {
        const random = randomOf(seed + round * 7_919);
        for (const [name, shape] of Object.entries(SHAPES)) {
          const found = foundIn((await reporting.on(shape(FROM + HOUR, random))).report);
          reports += 1;
          if (found.length > 0) alarmed.push(`${name} (${found.join(', ')})`);
        }
        for (const { name, rule, acts, usage } of THEFTS) {
          const done = acts(random);
          const { report } = await reporting.on(done, usage?.(done));
          thefts += 1;
          if (!foundIn(report).includes(rule)) violations.push(`${rule} did not name ${name}`);
        }
        progress(figures());
      }
    } finally {
      await reporting.close();
    }
    if (alarmed.length > mostAlarms(reports)) {
      const some = [...new Set(alarmed)].slice(0, 5).join('; ');
      violations.push(`${alarmed.length} of ${reports} reports on honest histories have a finding: ${some}`);
    }
    return { figures: figures(), violations };
  };

const FAULTY: ReadonlyArray<FaultyPart> = [
  {
    name: 'a report that finds nothing',
    seen: /did not name an actor who is new/,
    run: over(thatAlwaysSays('clear')),
  },
  {
    name: 'a report that always finds something',
    seen: /reports on honest histories have a finding/,
    run: over(thatAlwaysSays('found')),
  },
];

/** Exposure reports on histories that are made: honest ones, and such with a theft in them. */
export const falseAlarms: TrustCheck = {
  name: 'false-alarms',
  promise:
    'An exposure report on honest use has no finding, 19 times of 20. ' +
    'A theft that can be seen at all is named by its rule.',
  run: over(),
  faulty: FAULTY,
};
