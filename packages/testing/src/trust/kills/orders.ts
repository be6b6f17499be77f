import { isOnFile, type KeyEntry, type Keyring } from '@keyturn/domain';
import { join } from 'node:path';
import type { KeyBehaviour, VendorSandbox } from '../../vendorSandbox';
import type { Memory } from './memory';
import type { Place } from './place';
import type { Random } from './random';

/** A command line for `keyturn`, and what there is to know of it. */
export interface Order {
  readonly workspaceId: string;
  readonly words: ReadonlyArray<string>;
  /** Pasted on standard input. */
  readonly input?: string;
  /** Where the command of `--exec` puts the SHA-256 digest of the secret that it was given. */
  readonly digestFile?: string;
}

/** The words as they are run: on a place's data, answered with a document. */
export const wordsAt = ({ data }: Place, { words }: Pick<Order, 'words'>): ReadonlyArray<string> => [
  ...words,
  '--data',
  data,
  '--json',
  '--as',
  'user:ada',
];

const VENDORS = ['anthropic', 'openai'] as const;

/** Commands of a rotation and of a leak drill, for one workspace. */
export const ordersFor = (workspaceId: string, sandbox: VendorSandbox, memory: Memory) => {
  const on = ['--workspace', workspaceId];
  const order = (words: ReadonlyArray<string>, more: Omit<Order, 'workspaceId' | 'words'> = {}): Order => ({
    workspaceId,
    words: [...words, ...on],
    ...more,
  });
  const successor = (keyId?: string): ReadonlyArray<string> =>
    keyId === undefined ? [] : ['--successor', keyId];
  const paste = (vendor: string, input: string): Order =>
    order(['keys', 'add', '--vendor', vendor], { input });
  return {
    add: (vendor: (typeof VENDORS)[number] = 'anthropic', behaviour: KeyBehaviour = 'valid'): Order => {
      const secret = sandbox.issueKey(vendor, behaviour);
      memory.pasted(workspaceId, vendor, secret);
      return paste(vendor, secret);
    },
    paste,
    validate: (keyId: string) => order(['keys', 'validate', keyId]),
    setDefault: (keyId: string, project?: string) =>
      order(['keys', 'set-default', keyId, ...(project === undefined ? [] : ['--project', project])]),
    clearDefault: (project: string) => order(['keys', 'clear-default', '--project', project]),
    start: (runId: string, how: ReadonlyArray<string> = []) => order(['runs', 'start', runId, ...how]),
    resume: (runId: string) => order(['runs', 'resume', runId]),
    /** Opens the key: `verb` is start or resume. */
    exec: (verb: 'start' | 'resume', runId: string, place: Place, how: ReadonlyArray<string> = []): Order => {
      const digestFile = join(place.directory, `digest-${memory.nextNumber()}`);
      const command = `printf %s "$VENDOR_KEY" | sha256sum > ${digestFile}`;
      return order(['runs', verb, runId, ...how, '--env-name', 'VENDOR_KEY', '--exec', command], {
        digestFile,
      });
    },
    /** `keyturn` is killed by its own child. */
    killedInExec: (runId: string): Order =>
      order(['runs', 'start', runId, '--env-name', 'VENDOR_KEY', '--exec', 'kill -9 $PPID']),
    finish: (runId: string) => order(['runs', 'finish', runId]),
    delete: (keyId: string, to?: string) =>
      order(['keys', 'delete', keyId, ...(to === undefined ? ['--leave-empty'] : []), ...successor(to)]),
    hardDelete: (keyId: string, to?: string) =>
      order(['keys', 'hard-delete', keyId, '--case', 'CASE-1', ...successor(to)]),
    list: () => order(['keys', 'list']),
    audit: () => order(['audit', 'list']),
  };
};

/** Commands of the whole deployment. */
export const SWEEP: Order = { workspaceId: '', words: ['sweep', '--grace', '0'] };
export const INIT: Order = { workspaceId: '', words: ['init'] };
export const rebuild = (name: string): Order => ({
  workspaceId: '',
  words: ['projections', 'rebuild', name],
});

const WORKSPACES = ['acme', 'globex', 'initech'];
const PROJECTS = ['docs', 'site'];
/** Few of them: each is one more row to check. */
const MOST_KEYS = 6;

const idsOf = (keys: ReadonlyArray<KeyEntry>): ReadonlyArray<string> => keys.map(({ keyId }) => keyId);

/** What somebody might do next, as far as is known of the keyrings. Rules may say no to it. */
export const nextOrder = (
  random: Random,
  keyrings: ReadonlyMap<string, Keyring>,
  sandbox: VendorSandbox,
  memory: Memory,
  place: Place,
): Order => {
  const workspaceId = random.pick(WORKSPACES);
  const orders = ordersFor(workspaceId, sandbox, memory);
  const keyring = keyrings.get(workspaceId);
  const keys = [...(keyring?.keys.values() ?? [])];
  const onFile = idsOf(keys.filter(isOnFile));
  const runs = [...(keyring?.openPins.keys() ?? [])];
  const newRun = (): string => `run-${memory.nextNumber()}`;
  const project = (): ReadonlyArray<string> =>
    random.chance(0.3) ? ['--project', random.pick(PROJECTS)] : [];
  const add = (): Order =>
    orders.add(
      random.pick(VENDORS),
      random.pick(['valid', 'valid', 'valid', 'valid', 'rejected', 'garbage']),
    );
  if (onFile.length === 0) return add();

  const one = (): string => random.pick(onFile);
  const other = (keyId: string): string | undefined => {
    const others = onFile.filter((id) => id !== keyId);
    return others.length === 0 ? undefined : random.pick(others);
  };
  const leaving = (): Order => {
    const keyId = one();
    return random.chance(0.5) ? orders.delete(keyId, other(keyId)) : orders.hardDelete(keyId, other(keyId));
  };
  const pastedBefore = memory.secretsOf(workspaceId);
  const choices: ReadonlyArray<() => Order> = [
    onFile.length < MOST_KEYS ? add : leaving,
    add,
    leaving,
    leaving,
    () => {
      const { vendor, secret } = random.pick(pastedBefore);
      return orders.paste(vendor, secret);
    },
    () => orders.validate(one()),
    () => orders.setDefault(one()),
    () => orders.setDefault(one(), random.pick(PROJECTS)),
    () => orders.clearDefault(random.pick(PROJECTS)),
    () => orders.start(newRun(), project()),
    () => orders.start(newRun(), ['--key', one()]),
    () => orders.exec('start', newRun(), place, project()),
    ...(runs.length === 0
      ? []
      : [
          () => orders.finish(random.pick(runs)),
          () => orders.finish(random.pick(runs)),
          () => orders.resume(random.pick(runs)),
          () => orders.exec('resume', random.pick(runs), place),
        ]),
    () => orders.list(),
    () =>
      random.chance(0.3) ? rebuild(random.pick(['key-list', 'run-usage', 'audit-log'])) : orders.audit(),
  ];
  return random.pick(choices)();
};
