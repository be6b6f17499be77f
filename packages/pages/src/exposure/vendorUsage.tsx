import type { ExposureAnswer } from 'keyturn';
import { plural } from '../parts/text';

const sentencesOf = ({ vendor, usage }: ExposureAnswer): ReadonlyArray<string> => {
  if (vendor === null || usage === null) {
    return [
      'The vendor’s own usage was not given. It is the only sign of somebody who calls the vendor, and not us.',
    ];
  }
  const { buckets, covered, perhapsOurs, long } = vendor;
  return [
    `A pin of ours covers ${covered} of ${plural(buckets, 'bucket')} with use: those are not judged.`,
    `${buckets - covered} ${buckets - covered === 1 ? 'has' : 'have'} use while no run of ours held the key.`,
    ...(perhapsOurs === 0
      ? []
      : [`${perhapsOurs} of those covered only perhaps: by runs that lapsed, were interrupted or are open.`]),
    ...(long === 0
      ? []
      : [
          `${plural(long, 'bucket')} longer than an hour: one run covers all of it. Ask for hours or minutes.`,
        ]),
    `Read as ${usage.format}, ${plural(usage.rows, 'row')}.`,
    'Five minutes are allowed at both ends, since clocks differ.',
    ...(usage.rowsWithoutKey === 0
      ? []
      : [`${plural(usage.rowsWithoutKey, 'row')} did not say of which key.`]),
    ...(usage.rowsOfOtherKeys === 0
      ? []
      : [`${plural(usage.rowsOfOtherKeys, 'row')} of other keys were left out.`]),
    ...(usage.morePages ? ['The vendor has more pages than this one: what is on them is not in here.'] : []),
  ];
};

/** What the vendor counted, beside what we did. */
export const VendorUsage = ({ report }: { readonly report: ExposureAnswer }) => (
  <section aria-labelledby="vendor">
    <h2 id="vendor">At the vendor</h2>
    {sentencesOf(report).map((sentence) => (
      <p>{sentence}</p>
    ))}
  </section>
);
