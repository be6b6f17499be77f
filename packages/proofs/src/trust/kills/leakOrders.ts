import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import type { Memory } from './memory';
import type { Order } from './order';
import type { Place } from './place';

/** Where commands put what they are told to write. */
export const filesOf = ({ directory }: Place): string => join(directory, 'files');

const STEPS = ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const;

/** Commands of a leak case, for one workspace. */
export const leakOrdersFor = (
  workspaceId: string,
  caseId: string,
  sandbox: VendorSandbox,
  memory: Memory,
) => {
  const order = (word: string, words: ReadonlyArray<string>, more: Pick<Order, 'input'> = {}): Order => ({
    workspaceId,
    words: ['leak', word, ...words, '--case', caseId, '--workspace', workspaceId],
    ...more,
  });
  const newFile = (place: Place, name: string): string => {
    mkdirSync(filesOf(place), { recursive: true });
    return join(filesOf(place), `${memory.nextNumber()}-${name}`);
  };
  const withCredential = (): Pick<Order, 'input'> => {
    const credential = sandbox.issueAdminCredential('anthropic');
    memory.credentials.push(credential);
    return { input: credential };
  };
  return {
    report: (keyId: string) => order('report', [keyId, '--stranger', 'yes']),
    withdraw: (keyId: string) => order('withdraw', [keyId, '--reason', 'the other key was meant']),
    suspend: (keyId: string) => order('suspend', [keyId, '--yes']),
    reinstate: (keyId: string) => order('reinstate', [keyId]),
    check: (keyId: string) => order('check', [keyId]),
    revoked: (keyId: string) => order('revoke', [keyId, '--done']),
    listAtVendor: (keyId: string) => order('revoke', [keyId, '--admin-api'], withCredential()),
    revokeAtVendor: (keyId: string, id: string) =>
      order('revoke', [keyId, '--vendor-key', id], withCredential()),
    reviewed: (keyId: string) => order('reviewed', [keyId]),
    status: () => order('status', []),
    /** With every step that is open left so. */
    close: () =>
      order(
        'close',
        STEPS.flatMap((step) => ['--leave', `${step}=the customer has left`]),
      ),
    /** With no more than the kill check left open, for which five minutes have to go by. */
    closeDone: () => order('close', ['--leave', 'kill-check=nobody waits for it']),
    page: (keyId: string, place: Place) =>
      order('exposure', [keyId, '--html', newFile(place, 'report.html')]),
    evidence: (place: Place) => order('evidence', ['--out', newFile(place, 'evidence')]),
    certificate: (keyId: string, place: Place): Order => ({
      workspaceId,
      words: [
        ...['leak', 'certificate', keyId, '--workspace', workspaceId],
        ...['--out', newFile(place, 'certificate.txt')],
      ],
    }),
  };
};
