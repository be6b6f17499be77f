import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import type { KeyturnOnDisk } from './keyturnOnDisk';
import { Secret, type KeyBinding } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { randomBytes } from 'node:crypto';
import type { Keyturn } from '../keyturn';
import type { SweepReport } from '../sweep/report';
import type { SweepRequest } from '../sweep/request';
import { intercepted, type Interception } from './interceptedStore';

export const SWEEPER = { kind: 'service', id: 'sweeper' } as const;
export const HOUR_MS = 3_600_000;

/** Sweeps, and leaves nothing alone for being young. */
export const swept = (
  site: KeyturnOnDisk,
  request: Partial<SweepRequest> = {},
  keyturn: Keyturn = site.keyturn,
): Promise<SweepReport> => expectRight(keyturn.sweep({ actor: SWEEPER, graceMs: 0, ...request }));

/** A sealed row that no event names, as a kill between seal and append leaves it. */
export const orphanIn = async (
  { vault }: KeyturnOnDisk,
  keyId: string,
  workspaceId = 'acme',
): Promise<void> => {
  const secret = Secret.from(randomBytes(20).toString('hex'));
  if (E.isLeft(secret)) throw new Error(secret.left.message);
  const fingerprint = vault.fingerprint(workspaceId, secret.right);
  const binding: KeyBinding = { workspaceId, keyId, vendor: 'openai', endpoint: null, fingerprint };
  await expectRight(vault.seal(binding, secret.right));
  secret.right.wipe();
};

/** A service whose appends of these events do not reach the store. */
export const withoutAppendsOf = (site: KeyturnOnDisk, type: string): Keyturn => {
  const by: Interception = {
    append: (next, stream, expected, events) =>
      events.some((event) => event.type === type)
        ? TE.left(new StoreFault('unavailable', 'The store is away.'))
        : next(stream, expected, events),
  };
  return site.another({ eventStore: intercepted(site.eventStore, by) });
};
