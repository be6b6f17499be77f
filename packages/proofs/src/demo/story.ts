import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import { listedKeys, promised, promisedList, promisedOutput } from './stage';
import type { Terminal } from './terminal';

const W = 'acme';
const at = ['--workspace', W];

/** Prints the last four characters of what it was given, as a compilation that logs no more than it may. */
const COMPILE = 'printf "compiling with the key …%s\\n" "$(printf %s "$VENDOR_KEY" | tail -c 4)"';

/** What the story is told with. */
export interface Props {
  readonly terminal: Terminal;
  readonly sandbox: VendorSandbox;
  readonly heading: (text: string) => void;
}

/** Keys as a vendor's console would show them once; none of them is ever printed. */
export interface DemoKeys {
  readonly first: string;
  readonly other: string;
  readonly fresh: string;
}

const last4 = (key: string): string => key.slice(-4);

const keyIdOf = async (terminal: Terminal, key: string): Promise<string> => {
  const listed = (await listedKeys(terminal, W)).find((entry) => entry.last4 === last4(key));
  promised('the key is on the list', listed !== undefined, `…${last4(key)}`);
  return listed?.keyId ?? '';
};

const firstKeys = async ({ terminal, heading }: Props, keys: DemoKeys): Promise<void> => {
  heading('The first key is tested with a one-token call and becomes Default');
  const first = await terminal.type(['keys', 'add', ...at, '--vendor', 'anthropic', '--label', 'prod-1'], {
    secret: keys.first,
    shownAs: `…${last4(keys.first)}`,
  });
  promisedOutput(first, 0, `…${last4(keys.first)} · Default`);

  heading('A key from a second vendor; the Default stays');
  const other = await terminal.type(['keys', 'add', ...at, '--vendor', 'openai'], {
    secret: keys.other,
    shownAs: `…${last4(keys.other)}`,
  });
  promisedOutput(other, 0, `…${last4(keys.other)} · Active`);
  await promisedList(terminal, W, [`…${last4(keys.first)} · Default`, `…${last4(keys.other)} · Active`]);

  heading('A paste with a trailing space is refused before anything is stored or sent');
  const spaced = await terminal.type(['keys', 'add', ...at, '--vendor', 'anthropic'], {
    secret: `${keys.fresh} `,
    shownAs: `…${last4(keys.fresh)} and a space`,
  });
  promisedOutput(spaced, 1, 'one space after the last character');
};

const rotation = async ({ terminal, heading, sandbox }: Props, keys: DemoKeys): Promise<string> => {
  heading('A compilation starts: its run is pinned to the Default of this moment');
  const start = await terminal.type(['runs', 'start', 'compile-1', ...at]);
  promisedOutput(start, 0, `…${last4(keys.first)}`);

  heading('Routine rotation: add the fresh key …');
  const added = await terminal.type(['keys', 'add', ...at, '--vendor', 'anthropic', '--label', 'prod-2'], {
    secret: keys.fresh,
    shownAs: `…${last4(keys.fresh)}`,
  });
  promisedOutput(added, 0, `…${last4(keys.fresh)} · Active`);
  const beforeRotation = new Date().toISOString();

  heading('… set it as Default: no moment without a key');
  const fresh = await keyIdOf(terminal, keys.fresh);
  promisedOutput(await terminal.type(['keys', 'set-default', fresh, ...at]), 0);
  promisedOutput(
    await terminal.type(['keys', 'list', ...at]),
    0,
    `…${last4(keys.fresh)} · Default`,
    `…${last4(keys.first)} · Active (previous)`,
  );

  heading('The run under way keeps its key; a new run uses the new one');
  const second = await terminal.type(['runs', 'start', 'compile-2', ...at]);
  promisedOutput(second, 0, `…${last4(keys.fresh)}`);
  const runs = await terminal.type(['runs', 'list', ...at, '--open']);
  promisedOutput(runs, 0, `…${last4(keys.first)}`, `…${last4(keys.fresh)}`);

  heading('… delete the old key: a run still holds it, so it drains');
  const old = await keyIdOf(terminal, keys.first);
  promisedOutput(await terminal.type(['keys', 'delete', old, ...at, '--yes']), 0);
  await promisedList(terminal, W, [
    `…${last4(keys.first)} · Deleting · 1 run in flight`,
    `…${last4(keys.other)} · Active`,
    `…${last4(keys.fresh)} · Default`,
  ]);

  heading('The compilation does its work with the key it started with, ends, and the old key is gone');
  const resumed = await terminal.type([
    ...['runs', 'resume', 'compile-1', ...at],
    ...['--env-name', 'VENDOR_KEY', '--exec', COMPILE],
  ]);
  promisedOutput(resumed, 0, `compiling with the key …${last4(keys.first)}`);
  promisedOutput(await terminal.type(['keys', 'list', ...at]), 0);
  await promisedList(terminal, W, [`…${last4(keys.other)} · Active`, `…${last4(keys.fresh)} · Default`]);
  promised(
    'each key was test-called once, with the smallest generation there is',
    [keys.first, keys.other, keys.fresh].every((key) => sandbox.callsWith(key).length === 1),
    'another number of test calls',
  );
  return beforeRotation;
};

const leak = async ({ terminal, heading }: Props, keys: DemoKeys): Promise<void> => {
  heading('A leak: support hard-deletes the key under a case id; the run that held it is interrupted');
  const leaked = await keyIdOf(terminal, keys.fresh);
  const successor = await keyIdOf(terminal, keys.other);
  const emergency = [
    'keys',
    'hard-delete',
    leaked,
    ...at,
    '--case',
    'CASE-1042',
    '--as',
    'support:grace',
    '--yes',
  ];
  const unnamed = await terminal.type(emergency);
  promisedOutput(unnamed, 1, 'successor');
  const deleted = await terminal.type([...emergency, '--reason', 'leak', '--successor', successor]);
  promisedOutput(deleted, 0, 'compile-2');
  promisedOutput(await terminal.type(['runs', 'resume', 'compile-2', ...at]), 1, 'run-interrupted');
  await promisedList(terminal, W, [`…${last4(keys.other)} · Default`]);

  heading('The leaked secret does not come back');
  const again = await terminal.type(['keys', 'add', ...at, '--vendor', 'anthropic'], {
    secret: keys.fresh,
    shownAs: `…${last4(keys.fresh)} once more`,
  });
  promisedOutput(again, 1, 'leaked');
};

const review = async (
  { terminal, heading }: Props,
  keys: DemoKeys,
  beforeRotation: string,
): Promise<void> => {
  heading('The keyring as it stood before the rotation, rebuilt from the events alone');
  const then = await terminal.type(['history', ...at, '--at', beforeRotation]);
  promisedOutput(then, 0, `…${last4(keys.first)} · Default`, `…${last4(keys.fresh)} · Active`);

  heading('The audit log: who did what to which key');
  const audit = await terminal.type(['audit', 'list', ...at]);
  promisedOutput(audit, 0, 'KeyAdded', 'DefaultChanged', 'RunKeyPinned', 'KeyHardDeleted', 'CASE-1042');
};

/** Tells the seed's story from the first key to the leak. Throws where a step shows something else than it promises. */
export const tellStory = async (props: Props, keys: DemoKeys): Promise<void> => {
  props.heading('A new data directory: event store, vault, read models, and a master key beside it');
  promisedOutput(await props.terminal.type(['init']), 0);
  await firstKeys(props, keys);
  const beforeRotation = await rotation(props, keys);
  await leak(props, keys);
  await review(props, keys, beforeRotation);
};
