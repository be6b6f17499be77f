// Writes an example of every format that this release stores, into packages/testbed/formats, where it is kept for good:
// tests migrate each of them. Usage: node scripts/keep-formats.mjs (with everything built), once for a release that
// raised a format, and never for one that is there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const built = (name) => require(resolve('packages', name));
const { initKeyturn, openKeyturn } = built('keyturn/dist/index.js');
const { startVendorSandbox } = built('vendors/dist/sandbox/index.js');
const { openSqlite } = built('sqlite/dist/index.js');
const { startPostgres } = built('testbed/dist/postgres/index.js');

/** Of a test, and of nobody else. */
const MASTER_KEY = `keyturn-master-key-1:${Buffer.alloc(32, 1).toString('base64')}\n`;
const FORMATS = resolve('packages/testbed/formats');

/** A file as statements that make it anew. */
const dumpOf = (file) => {
  const db = openSqlite(file, { readonly: true });
  try {
    const objects = db.raw(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    );
    const rowsOf = (table) => {
      const columns = db.pluck('SELECT name FROM pragma_table_info(?)').all(table);
      const values = columns.map((column) => `quote(${column})`).join(` || ', ' || `);
      return db
        .pluck(`SELECT ${values} FROM ${table} ORDER BY 1`)
        .all()
        .map((row) => `INSERT INTO ${table} VALUES (${row});`);
    };
    const all = objects.all();
    return [
      `PRAGMA application_id = ${db.pragma('application_id')};`,
      `PRAGMA user_version = ${db.pragma('user_version')};`,
      ...all.map(([, , sql]) => `${sql};`),
      ...all.flatMap(([type, name]) => (type === 'table' ? rowsOf(name) : [])),
    ].join('\n');
  } finally {
    db.close();
  }
};

const pgDump = (connectionString) => {
  const url = new URL(connectionString);
  const words = ['--inserts', '--no-owner', '--no-privileges', '--schema=keyturn_vault'];
  const text = execFileSync('pg_dump', words, {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: url.username,
      PGPASSWORD: url.password,
      PGDATABASE: url.pathname.slice(1),
    },
  });
  // Settings, comments and psql's own words are this server's version's business.
  return text
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog|\\)/.test(line) && line !== '')
    .join('\n');
};

/** What some weeks leave: two workspaces, a Default, runs, a key that was deleted, and one that leaked. */
const live = async (place, sandbox) => {
  const keyturn = await openKeyturn({
    ...place,
    authorize: () => true,
    housekeeping: false,
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
  });
  const as = (workspaceId) => ({ workspaceId, actor: { kind: 'user', id: 'ada' } });
  const add = async (workspaceId, vendor) =>
    (await keyturn.keys.add(as(workspaceId), { vendor, pasted: sandbox.issueKey(vendor) })).key.keyId;
  const kept = await add('acme', 'anthropic');
  await add('acme', 'openai');
  await keyturn.keys.setDefault(as('acme'), { keyId: kept });
  await keyturn.runs.use(as('acme'), { runId: 'run-1' }, async () => undefined);
  await keyturn.keys.delete(as('acme'), { keyId: await add('acme', 'anthropic') });
  const leaked = await add('acme', 'openai');
  await keyturn.keys.hardDelete(as('acme'), { keyId: leaked, caseId: 'C-1', reason: 'leak' });
  await add('beta', 'anthropic');
  await keyturn.runs.use(as('beta'), { runId: 'run-1' }, async () => undefined);
  await keyturn.housekeeping.sweep({ graceMs: 0 });
  const { findings } = await keyturn.verify({ actor: as('acme').actor });
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  await keyturn.close();
};

const keep = (name, files) => {
  const directory = join(FORMATS, name);
  if (existsSync(directory)) return console.log(`${name}: is kept already`);
  mkdirSync(directory);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), `${text}\n`);
  console.log(`${name}: written`);
};

const formatIn = (file, query) => {
  const db = openSqlite(file, { readonly: true });
  const format = db.pluck(query).get();
  db.close();
  return format;
};

const sandbox = await startVendorSandbox();
const server = await startPostgres();
try {
  for (const onServer of [false, true]) {
    const root = mkdtempSync(join(tmpdir(), 'keyturn-formats-'));
    writeFileSync(join(root, 'master.key'), MASTER_KEY, { mode: 0o600 });
    const postgres = onServer ? await server.newDatabase() : null;
    const directory = join(root, 'data');
    const place = { directory, masterKey: { file: join(root, 'master.key') } };
    if (postgres !== null) place.vault = postgres;
    await initKeyturn(place);
    await live(place, sandbox);
    const events = formatIn(join(directory, 'events.sqlite'), 'SELECT * FROM pragma_user_version');
    const files = { 'events.sql': dumpOf(join(directory, 'events.sqlite')) };
    if (postgres === null) {
      const file = join(directory, 'vault', 'vault.sqlite');
      files['vault.sql'] = dumpOf(file);
      files['vault-keys.sql'] = dumpOf(join(directory, 'vault', 'vault-keys.sqlite'));
      keep(`sqlite-vault-${formatIn(file, 'SELECT format FROM deployment')}-events-${events}`, files);
    } else {
      const database = new URL(postgres()).pathname.slice(1);
      const format = await server.sql('SELECT format FROM keyturn_vault.deployment', database);
      files['vault.json'] = readFileSync(join(directory, 'vault.json'), 'utf8').trim();
      files['postgres.sql'] = pgDump(postgres());
      keep(`postgres-vault-${format}-events-${events}`, files);
    }
    rmSync(root, { recursive: true });
  }
} finally {
  await server.stop();
  await sandbox.close();
}
