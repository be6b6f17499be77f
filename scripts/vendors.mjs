// Makes what is made of the vendors' folders: the two lists in packages/vendors/src/vendors, and what needs the built
// package: the tables of docs/vendors.md, and the names that the audit log shows. Usage: node scripts/vendors.mjs
// [--write]; without it, says which of them are out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const FOLDERS = 'packages/vendors/src/vendors';
const DOCUMENT = 'docs/vendors.md';
const NAMES = 'packages/projections/src/auditLog/vendorNames.ts';
const OLDEST_DAYS = 180;

const vendors = readdirSync(FOLDERS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const nameOf = (vendor) => vendor.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

const listOf = (list, type, from, member, what) =>
  [
    `import type { ${type} } from '${from}';`,
    ...vendors.map((vendor) => `import { ${member} as ${nameOf(vendor)} } from './${vendor}/${member}';`),
    '',
    `/** ${what} Made of the folders beside this file by \`pnpm vendors\`. */`,
    `export const ${list}: ReadonlyArray<${type}> = [${vendors.map(nameOf).join(', ')}];`,
  ].join('\n');

const builtTables = () => {
  const built = resolve('packages/vendors/dist/vendors/tables.js');
  if (!existsSync(built)) throw new Error('The vendors are not built: pnpm build');
  return createRequire(import.meta.url)(built).VENDOR_TABLES;
};

const namesOf = (tables) =>
  [
    '/** Made of the tables of vendors by `pnpm vendors`: read models stand below them. */',
    'const NAMES: ReadonlyMap<string, string> = new Map([',
    ...tables.map(({ vendor, displayName }) => `['${vendor}', '${displayName}'],`),
    ']);',
    '',
    "/** A vendor's name as people write it; its slug where none is known, as for a vendor that was given up. */",
    'export const vendorName = (slug: string): string => NAMES.get(slug) ?? slug;',
  ].join('\n');

const made = {
  [join(FOLDERS, 'tables.ts')]: () =>
    listOf(
      'VENDOR_TABLES',
      'VendorTable',
      '../vendorTable',
      'table',
      'The vendors whose keys can be test-called.',
    ),
  [join(FOLDERS, 'sandboxes.ts')]: () =>
    listOf(
      'SANDBOX_VENDORS',
      'SandboxVendor',
      '../sandbox/sandboxVendor',
      'sandbox',
      'The vendors that the sandbox answers as.',
    ),
  [DOCUMENT]: () => {
    const tables = builtTables();
    const text = readFileSync(DOCUMENT, 'utf8');
    return between(between(text, 'calls', callsOf(tables)), 'vendors', tables.map(pageOf).join('\n'));
  },
  [NAMES]: () => namesOf(builtTables()),
};

const between = (text, part, content) => {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end: ${part} -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`${DOCUMENT} has no place for ${part}.`);
  return `${text.slice(0, start + begin.length)}\n\n${content}\n\n${text.slice(stop)}`;
};

const cell = (text) => text.replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const code = (text) => `\`${text}\``;

const carried = ({ headers }) => {
  const [name, form] = Object.entries(headers).find(([, value]) => value.includes('{secret}'));
  return form === '{secret}'
    ? `key in ${code(name)}`
    : `key as ${code(`${name}: ${form.replace('{secret}', '…')}`)}`;
};

const callsOf = (tables) =>
  [
    row('vendor', 'call', 'asks for', 'models', 'costs at most', 'checked'),
    row('---', '---', '---', '---', '---', '---'),
    ...tables.map((table) =>
      row(
        code(table.vendor),
        `${code(`${table.method} ${table.url}`)}, ${carried(table)}`,
        table.smallest,
        table.models.map(code).join(', ') || 'named with the key',
        `$${table.cost.usd.toFixed(6).replace(/0+$/, '')}: ${table.cost.inWords}`,
        table.version,
      ),
    ),
  ].join('\n');

const killCheckOf = ({ killCheck }) =>
  killCheck === null
    ? 'Whether a key still lives is asked by the test call.'
    : `Whether a key still lives is asked by ${code(`${killCheck.method} ${killCheck.url}`)}, which is free.`;

const undone = ({ undo }) => {
  if (undo === null) return 'It can not be undone.';
  return `It can be undone${undo.days === null ? '' : ` for ${undo.days} days`}: ${undo.inWords}.`;
};

const placesIn = ({ place }) => {
  if (place === null) return '';
  return place.of === 'named' ? `, in the ${place.name} that is named` : `, in each ${place.name}`;
};

const shownBy = ({ key, shownAs }) =>
  [
    key.hint === null ? 'The list shows nothing of a secret: a key is chosen by its name and its date.' : '',
    `A revoked key is ${shownAs === 'inactive' ? 'inactive there' : 'not there any more'}.`,
  ]
    .join(' ')
    .trim();

const usageOf = ({ usage }) =>
  usage.length === 0
    ? 'What a key used is not told.'
    : `What a key used is told by ${usage.map(({ call }) => code(`${call.method} ${call.url}`)).join(', or ')}.`;

/** What a customer's admin credential can do there. */
const adminOf = ({ admin }) => {
  if (admin === null) return ['Keys are revoked on its page alone: it has no calls for that.'];
  const { credential, listing, revoke, only, sources, notRevocable } = admin;
  return [
    `The customer's own admin credential is ${credential.inWords} (${credential.page}).` +
      (only === null ? '' : ` It is for ${only}.`),
    '',
    `- Keys are listed by ${code(`${listing.call.method} ${listing.call.url}`)}${placesIn(admin)}. ${shownBy(admin)}`,
    `- They are revoked by ${code(`${revoke.method} ${revoke.url}`)}` +
      (revoke.body === null ? '' : ` with ${code(JSON.stringify(revoke.body))}`) +
      `. ${undone(admin)}` +
      (notRevocable === null ? '' : ` ${notRevocable}`),
    `- ${usageOf(admin)}`,
    '',
    'That was taken from:',
    '',
    ...sources.map((source) => `- ${source}`),
  ];
};

const profileOf = ({ vendor }) =>
  createRequire(import.meta.url)(resolve('packages/vendors/dist/index.js'))
    .knownVendors()
    .profiles()
    .find((profile) => profile.vendor === vendor);

const onPage = (page) => (page === null ? '' : ` (${page})`);

const pageOf = (table) =>
  [
    `### ${table.displayName} (${code(table.vendor)})`,
    '',
    row('answer', 'outcome'),
    row('---', '---'),
    ...profileOf(table).answers.map(({ answer, outcome }) => row(code(answer), outcome)),
    '',
    `Keys: ${table.key.patternInWords}.`,
    '',
    killCheckOf(table),
    '',
    ...(Object.keys(table.regions).length === 0
      ? []
      : [
          `Regions (${code('--region')}): ${Object.entries(table.regions)
            .map(([region, host]) => `${code(region)} (${host})`)
            .join(', ')}.`,
        ]),
    '',
    `To make a key${onPage(table.pages.console)}:`,
    '',
    ...table.steps.make.map((step, index) => `${index + 1}. ${step}`),
    '',
    `To revoke one${onPage(table.pages.revocation)}:`,
    '',
    ...table.steps.revoke.map((step, index) => `${index + 1}. ${step}`),
    '',
    ...adminOf(table),
    '',
    'Taken from:',
    '',
    ...table.sources.map((source) => `- ${source}`),
    '',
  ].join('\n');

const write = process.argv.includes('--write');
const old = [];
for (const [file, make] of Object.entries(made)) {
  const prose = file.endsWith('.md') ? { proseWrap: 'always', printWidth: 120 } : {};
  const now = await format(make(), { ...(await resolveConfig(file)), ...prose, filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === now) continue;
  old.push(file);
  if (write) writeFileSync(file, now);
}
for (const file of old) console.log(write ? `written: ${file}` : `out of date: ${file}. Run: pnpm vendors`);
if (old.length > 0 && !write) process.exitCode = 1;

for (const { vendor, version } of builtTables()) {
  const days = Math.floor((Date.now() - Date.parse(version)) / 86_400_000);
  if (days > OLDEST_DAYS)
    console.warn(`${vendor}: its table was checked ${days} days ago; look its pages up again.`);
}
