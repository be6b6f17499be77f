// Holds the faces that semver holds for against the reviewed files in docs/api, which API Extractor writes.
// Usage: node scripts/check-faces.mjs [--update] (with everything built; --update writes the files anew, for review)
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const REVIEWED = resolve('docs/api');
const update = process.argv.includes('--update');

/** Types of these stand written out where a face shows them: they have no reviewed file of their own. */
const INTERNAL = [
  'event-store-eventstoredb',
  'event-store-sqlite',
  'projections',
  'service',
  'sqlite',
  'vault',
];

/** By file: the package, and its entry when that is not its main one. */
const FACES = {
  cli: ['cli'],
  domain: ['domain'],
  'domain-invariants': ['domain', 'invariants'],
  'event-store': ['event-store'],
  'event-store-contract': ['event-store', 'contract'],
  http: ['http'],
  keyturn: ['keyturn'],
  'operator-credentials': ['operator-credentials'],
  'vendors-sandbox': ['vendors', 'sandbox'],
};

const workspace = readdirSync('packages').filter((name) =>
  existsSync(join('packages', name, 'package.json')),
);
const bundled = INTERNAL.filter((name) => workspace.includes(name)).map((name) => `@keyturn/${name}`);

const configOf = (face, [name, entry], temporary) => {
  const projectFolder = resolve('packages', name);
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(
        projectFolder,
        'dist',
        ...(entry === undefined ? [] : [entry]),
        'index.d.ts',
      ),
      bundledPackages: bundled,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2022', 'ESNext.Disposable'],
            module: 'node16',
            moduleResolution: 'node16',
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
            types: ['node'],
          },
          include: ['dist'],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: face,
        reportFolder: REVIEWED,
        reportTempFolder: temporary,
        // What a face shows and does not export is part of it all the same.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
};

const said = [];
const messageCallback = (message) => {
  if (message.logLevel === 'error' || message.logLevel === 'warning') said.push(message.text);
  message.handled = true;
};

/** What a person has to look at; nothing where the face is as it was reviewed. */
const problemsOf = (face, where, temporary) => {
  said.length = 0;
  const config = configOf(face, where, temporary);
  const { apiReportChanged, succeeded } = Extractor.invoke(config, { localBuild: update, messageCallback });
  const broken = succeeded || apiReportChanged ? [] : said.length > 0 ? [...said] : ['API Extractor failed.'];
  return { changed: apiReportChanged, broken };
};

mkdirSync(REVIEWED, { recursive: true });
for (const [face, where] of Object.entries(FACES)) {
  const temporary = mkdtempSync(join(tmpdir(), 'keyturn-face-'));
  try {
    const { changed, broken } = problemsOf(face, where, temporary);
    const state = changed
      ? update
        ? 'written anew'
        : 'CHANGED'
      : broken.length > 0
        ? 'FAILED'
        : 'as reviewed';
    console.log(`${face}: ${state}`);
    for (const problem of broken) console.log(`  ${problem}`);
    if ((changed && !update) || broken.length > 0) process.exitCode = 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
if (process.exitCode === 1)
  console.log('A face that was changed on purpose: run pnpm faces, and review docs/api.');
