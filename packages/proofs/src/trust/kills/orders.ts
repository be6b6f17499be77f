import { join } from 'node:path';
import type { KeyBehaviour, VendorSandbox } from '@keyturn/vendors/sandbox';
import type { Memory } from './memory';
import type { Order } from './order';
import type { Place } from './place';

export const VENDORS = ['anthropic', 'openai'] as const;

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
      memory.pasted({ workspaceId, vendor, secret, answered: behaviour });
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
      order([
        'keys',
        'delete',
        '--yes',
        keyId,
        ...(to === undefined ? ['--leave-empty'] : []),
        ...successor(to),
      ]),
    hardDelete: (keyId: string, to?: string, caseId = 'CASE-1') =>
      order(['keys', 'hard-delete', '--yes', keyId, '--case', caseId, ...successor(to)]),
    close: (): Order => ({
      workspaceId,
      words: ['workspaces', 'close', workspaceId, '--yes', '--case', 'LEFT-1'],
    }),
    list: () => order(['keys', 'list']),
    audit: () => order(['audit', 'list']),
  };
};
