import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpointVariable } from '../environment';
import type { Session } from '../session';
import { CASE, GRACE, memberAt } from './cast';
import type { Play } from './scenes';
import { promised, promisedOutput, Stage, type Telling } from './stage';
import { storyDefault } from './storyDefault';
import { storyDeleted } from './storyDeleted';
import { storyTwoWorkspaces } from './storyTwoWorkspaces';

export type StoryName = 'default' | 'deleted' | 'two-workspaces';

/** Each gives the secrets that it had. */
const TOLD: {
  readonly [S in StoryName]: {
    readonly title: string;
    readonly tell: (play: Play) => Telling<ReadonlyArray<string>>;
  };
} = {
  default: { title: 'A leaked key that is still Default.', tell: storyDefault },
  deleted: { title: 'A leaked key that the customer deleted last week.', tell: storyDeleted },
  'two-workspaces': { title: 'A leaked key that two workspaces have.', tell: storyTwoWorkspaces },
};

const filesBelow = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const EVIDENCE = 'evidence';

/** All that is known of the case is written down, its certificates hold, and no secret is anywhere in clear. */
async function* ending({ stage }: Play, secrets: ReadonlyArray<string>): Telling {
  yield* stage.heading('Keep what is known of the case');
  const written = await stage.ask(['leak', 'evidence', '--case', CASE, '--out', EVIDENCE], { as: GRACE });
  yield `  $ keyturn leak evidence --case ${CASE} --out ${EVIDENCE} --as ${GRACE}`;
  const files = memberAt(written, 'files');
  const paths = Array.isArray(files) ? files.map((file: unknown) => String(memberAt(file, 'path'))) : [];
  for (const path of paths) yield `    ${path}`;
  const certificates = paths.filter((path) => path.endsWith('certificate.txt'));
  promised('a certificate of each key', certificates.length > 0);
  for (const path of certificates) {
    const verified = yield* stage.type(['leak', 'verify', `${EVIDENCE}/${path}`], { as: GRACE });
    promisedOutput(verified, 0, 'Every line is so');
  }

  yield* stage.heading('Is any secret in clear, in any file or in anything that was printed?');
  const parts = secrets.map((secret) => secret.slice(-24, -4));
  const places = filesBelow(stage.directory).filter((file) => {
    const content = readFileSync(file);
    return parts.some((part) => content.includes(part));
  });
  if (parts.some((part) => stage.printed.includes(part))) places.push('the output above');
  promised('no secret in clear', places.length === 0);
  yield `    All files and all output were searched for ${secrets.length} secrets: none found.`;
}

/** Plays a rehearsal in a temporary directory, with a sandbox in the vendor's place, and gives its lines. */
export async function* drill(
  story: StoryName,
  { io, command }: Pick<Session, 'io' | 'command'>,
): AsyncIterable<string> {
  const { title, tell } = TOLD[story];
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-drill-'));
  const sandbox = await startVendorSandbox();
  try {
    const env: NodeJS.ProcessEnv = {
      HOME: directory,
      NO_COLOR: '1',
      KEYTURN_DATA: join(directory, 'keyturn-data'),
      ...Object.fromEntries(
        Object.entries(sandbox.urls).map(([vendor, url]) => [endpointVariable(vendor), url]),
      ),
    };
    const stage = new Stage(directory, env, io.umask, command);
    yield `${title} A rehearsal on made-up data: a sandbox plays the vendor, the rest is the real thing.`;
    await stage.ask(['init']);
    const play = { stage, sandbox };
    const secrets = yield* tell(play);
    yield* ending(play, secrets);
    yield '';
    yield 'Every step showed what is promised.';
  } finally {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
