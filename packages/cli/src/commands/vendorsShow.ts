import type { VendorProfile } from 'keyturn';
import { command } from '../command';
import { required, text } from '../input/flags';
import { UsageError } from '../problems';
import type { Line } from '../output/report';

type Fact = readonly [name: string, value: string | null];

const named = (facts: ReadonlyArray<Fact>): ReadonlyArray<string> =>
  facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(13)}  ${value}`]));

const factLines = (profile: VendorProfile): ReadonlyArray<string> => {
  const facts: ReadonlyArray<Fact> = [
    ['Test call', profile.testCall],
    ['Asks for', profile.asksFor],
    ['Models', profile.models.join(', ') || 'named with the key'],
    ['Costs at most', `$${profile.costUsd}: ${profile.costInWords}`],
    ['Needs', profile.needs.map((need) => `--${need}`).join(' ') || null],
    ['Regions', profile.regions.join(', ') || null],
    ['Keys', profile.keyFormat],
    ['Does it live?', profile.killCheck ?? 'asked by the test call'],
    ['Status page', profile.statusPage],
    ['Checked', profile.checkedOn],
    ['Table', profile.isOwnTable ? 'your own' : null],
  ];
  return named(facts);
};

const numbered = (steps: ReadonlyArray<string>): ReadonlyArray<string> =>
  steps.map((step, index) => `${index + 1}. ${step}`);

const onPage = (what: string, page: string | null): string => (page === null ? what : `${what}: ${page}`);

const adminLines = ({ admin }: VendorProfile): ReadonlyArray<Line> => {
  if (admin === null) return ['The vendor has no calls for that: keys are revoked on its page alone.'];
  const facts: ReadonlyArray<Fact> = [
    ['Credential', admin.credential],
    ['Made at', admin.credentialPage],
    ['Only for', admin.only],
    ['Lists keys', admin.place === null ? admin.list : `${admin.list} (per ${admin.place})`],
    ['Revokes one', admin.revoke],
    ['Undone by', admin.undo ?? 'nothing: it can not be undone'],
    ['Can not end', admin.notRevocable],
    ['Tells usage', admin.usage.join(', ') || 'no'],
  ];
  return named(facts);
};

const linesOf = (profile: VendorProfile): ReadonlyArray<Line> => [
  { heading: profile.name },
  ...factLines(profile),
  { heading: 'Which answer means what' },
  {
    headings: ['ANSWER', 'OUTCOME'],
    rows: profile.answers.map(({ answer, outcome }) => [answer, outcome]),
  },
  { heading: onPage('To make a key', profile.keyPage) },
  ...numbered(profile.makeSteps),
  { heading: onPage('To revoke one', profile.revocationPage) },
  ...numbered(profile.revokeSteps),
  { heading: "What a customer's own admin credential can do" },
  ...adminLines(profile),
];

export const vendorsShow = command({
  details: [
    'No data directory is needed. Answers that no rule knows are undecided, and count against no key.',
  ],
  operands: { vendor: required('VENDOR', 'a vendor, as keyturn vendors list has it', text('VENDOR')) },
  flags: {},
  examples: ['keyturn vendors show openai', 'keyturn vendors show anthropic --json'],
  run: async (session, { vendor }) => {
    const { vendorProfiles } = await import('keyturn');
    const profiles = vendorProfiles(await session.vendorTables());
    const profile = profiles.find((one) => one.vendor === vendor);
    if (profile === undefined) {
      throw new UsageError(
        `No such vendor is known. Known are: ${profiles.map((one) => one.vendor).join(', ')}.`,
      );
    }
    return { json: { vendor: profile }, lines: linesOf(profile) };
  },
});
