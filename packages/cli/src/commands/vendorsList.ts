import { command } from '../command';

const dollars = (usd: number): string => `$${usd.toFixed(6).replace(/0+$/, '')}`;

export const vendorsList = command({
  details: ['No data directory is needed. A key of any other vendor can not be taken on file.'],
  operands: {},
  flags: {},
  examples: ['keyturn vendors list', 'keyturn vendors list --json'],
  run: async (session) => {
    const { vendorProfiles } = await import('keyturn');
    const vendors = vendorProfiles(await session.vendorTables());
    const own = vendors.filter(({ isOwnTable }) => isOwnTable);
    return {
      json: { vendors },
      lines: [
        {
          headings: ['VENDOR', 'NAME', 'NEEDS', 'TEST CALL COSTS', 'CHECKED'],
          rows: vendors.map(({ vendor, name, needs, costUsd, checkedOn }) => [
            vendor,
            name,
            needs.map((need) => `--${need}`).join(' '),
            `up to ${dollars(costUsd)}`,
            checkedOn,
          ]),
        },
      ],
      hints: [
        ...(own.length === 0 ? [] : [`By tables of your own: ${own.map(({ vendor }) => vendor).join(', ')}`]),
        'All about one: keyturn vendors show VENDOR',
      ],
    };
  },
});
