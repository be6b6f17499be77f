import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a program that was run came to. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program finds the packages from here, as it would from a project that has them installed. */
const INSTALLED = resolve(__dirname, '../../dist');

/** Gives values to what `examples/given.ts` declares, as far as documents that are run need it. */
const GIVING = `
import { makeInMemoryEventStore } from '@keyturn/event-store';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { randomUUID } from 'node:crypto';

const sandbox = await startVendorSandbox();
const store = makeInMemoryEventStore();
const event = { id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' };
Object.assign(globalThis, {
  ctx: { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } },
  pasted: sandbox.issueKey('anthropic'),
  endpointOverrides: { anthropic: sandbox.url },
  keyId: 'key-1',
  runId: 'compile-1',
  projectId: 'web',
  requestId: randomUUID(),
  mayDo: () => true,
  compile: async ({ headers }) => 'compiled with ' + Object.keys(headers).join(),
  show: (...texts) => console.log(...texts),
  store,
  appended: (await store.append('notes', 'no-stream', [event])()).right,
  stored: [],
  append: (events) => console.log(events),
});
`;

const started = (file: string, cwd: string): Promise<Ran> =>
  new Promise((settle, reject) => {
    const child = spawn(process.execPath, [file], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (status) => {
      settle({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });

const inAFolder = async (
  files: Readonly<Record<string, string>>,
  main: string,
  cwd: string,
): Promise<Ran> => {
  const folder = mkdtempSync(join(INSTALLED, 'example-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await started(join(folder, main), cwd);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Runs a whole program, which has to end by itself. */
export const runProgram = (javaScript: string, cwd: string): Promise<Ran> =>
  inAFolder({ 'main.mjs': javaScript }, 'main.mjs', cwd);

/** Runs what a document shows with what it takes for given; `before` is what its reader has done by then. */
export const runWithGiven = (javaScript: string, cwd: string, before: string): Promise<Ran> =>
  inAFolder(
    {
      'given.mjs': GIVING,
      'before.mjs': before,
      'shown.mjs': javaScript,
      // Documents don't close what others gave them.
      'main.mjs':
        "import './given.mjs';\nimport './before.mjs';\nawait import('./shown.mjs');\nprocess.exit(0);\n",
    },
    'main.mjs',
    cwd,
  );
