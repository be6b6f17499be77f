// Looks at pastes of 8 KiB, the longest that are looked at: a random text, and the slowest of each kind. Then at texts
// of 512 KiB and of 4 MB by every pattern for secrets: eight times as long may take sixteen times as long, never
// 64 times. Then refuses 4 MB, which are not looked at. Exits 1 beyond a bound.
// Usage: node packages/service/bench/pastes.mjs [--quick]
import { checkPaste } from '@keyturn/domain';
import { knownVendors } from '@keyturn/vendors';
import { randomBytes } from 'node:crypto';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const ROUNDS = process.argv.includes('--quick') ? 9 : 31;
const LONGEST = 8_192;
const LARGE = 4 * 1_048_576;

const random = (length) => randomBytes(length).toString('base64url').slice(0, length);
const repeated = (text) => (length) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const key = `sk-ant-api03-${random(93)}AA`;

const kinds = {
  'gaps within': repeated('a '),
  'no-break spaces': repeated('a\u00a0'),
  'one long gap': (length) => `a${' '.repeat(length - 2)}a`,
  'quotation marks': repeated('"'),
  'odd characters': repeated('a?'),
  masks: repeated('..a'),
  'spelled-out line ends': repeated('%0A'),
  'broken tags': repeated('<br '),
  names: (length) => `${repeated('key')(length - 1)}=`,
  'short beginnings': repeated('hf_'),
  marks: repeated('T3BlbkFJ'),
  'tokens without an end': repeated('eyJ'),
  'base64 in lines': repeated(`${'QUJD'.repeat(19)}\n`),
  'code with a key in it': (length) => `curl -H "x-api-key: ${key}" ${repeated('-H "a: b" ')(length - 140)}`,
  JSON: (length) =>
    JSON.stringify(Array.from({ length: length / 16 }, (_, n) => ({ [`k${n}`]: `v${n}` }))).slice(0, length),
};

/** Of the processor: what else the machine does counts for nothing. */
const milliseconds = (work) => {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
};
/** Two works in turn, so that what disturbs a round disturbs both. */
const inTurn = (base, work, rounds = ROUNDS) => {
  const times = { base: [], work: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.base.push(milliseconds(base));
    times.work.push(milliseconds(work));
  }
  return times;
};

const vendors = ['anthropic', 'openai', 'cohere'].map(knownVendors().keyForms);
const CHECKS = 5 * vendors.length;
const checking = (paste) => () => {
  for (let n = 0; n < CHECKS; n += 1) checkPaste(paste, vendors[n % vendors.length]);
};
const told = (name, times) => `${name}: ${(median(times) / CHECKS).toFixed(3)} ms`.padEnd(42);

const plain = checking(random(LONGEST));
inTurn(plain, plain); // compiled from here on
const { base: alone } = inTurn(plain, plain);
console.log(`${told('8 KiB, a random text', alone)} ${atMost(1, median(alone) / CHECKS)}`);
for (const [name, make] of Object.entries(kinds)) {
  const paste = checking(make(LONGEST));
  paste();
  const { base, work } = inTurn(plain, paste);
  console.log(`${told(`8 KiB, ${name}`, work)} / a random text ${atMost(8, ratioOf(work, base))}`);
}

const [{ sightings }] = vendors;
for (const [name, make] of Object.entries({ 'a random text': random, ...kinds })) {
  const [short, long] = [make(LARGE / 8), make(LARGE)];
  const { base, work } = inTurn(
    () => sightings(short),
    () => sightings(long),
    3,
  );
  console.log(`${`patterns, ${name}`.padEnd(42)} 4 MB / 512 KiB ${atMost(16, ratioOf(work, base))}`);
}

const huge = 'a '.repeat(LARGE / 2);
const { base, work } = inTurn(plain, checking(huge));
console.log(`4 MB, refused unread / 8 KiB ${atMost(1, ratioOf(work, base))}`);
