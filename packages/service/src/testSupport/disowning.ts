import { dirname, join } from 'node:path';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { rotateMasterKey } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { makeLogRenewal } from '../log/logRenewal';
import type { KeyturnOnDisk } from './keyturnOnDisk';
import { storedEvents } from './stream';
import { cold } from './twoWorkspaces';

export const SUPPORT = { kind: 'support', id: 'grace' } as const;

/** Of the events of acme, in SQL. */
export const ACME = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')";

/** Who has the file of the events can do anything to it. */
export const onEvents = (
  on: KeyturnOnDisk,
  statement: string,
  ...values: ReadonlyArray<string | number>
): void => {
  const events = openSqlite(on.eventsFile);
  events.prepare(statement).run(...values);
  events.close();
};

/** The first revision of acme that is not there yet. */
export const next = async (on: KeyturnOnDisk): Promise<number> => (await storedEvents(on.eventStore)).length;

/** Disowns what is unsealed in acme, as a process that begins now. */
export const disown = async (on: KeyturnOnDisk, from: number, honestToo = false) => {
  const keyturn = await cold(on);
  const disowned = await expectRight(keyturn.disownEvents(on.as({ actor: SUPPORT }), { from, honestToo }));
  await keyturn.settled();
  return disowned;
};

export const startCold = async (on: KeyturnOnDisk, runId: string) =>
  (await cold(on)).startRun(on.as(), { runId });

/** What a verification of everything finds. */
export const findings = async (on: KeyturnOnDisk) => {
  const report = await (await cold(on)).verify({ actor: SUPPORT, workspaceId: null })();
  return E.isRight(report) ? report.right.findings : [report.left];
};

/** A service whose vault takes every witness, and keeps none: as behind a kill in the last seconds. */
export const forgetful = async (on: KeyturnOnDisk) => {
  const real = await on.anotherVault();
  const vault: typeof real = {
    ...real,
    keepWitnesses: (heads) => () => Promise.resolve(E.right(heads.map((head) => E.right(head)))),
  };
  return on.another({ eventStore: await on.anotherStore(), vault });
};

/** The master key was in wrong hands: the log goes over to another log key, and the old one is erased. */
export const renewLogKey = async (on: KeyturnOnDisk): Promise<void> => {
  const directory = dirname(on.eventsFile);
  const rotated = rotateMasterKey({
    directory: join(directory, 'vault'),
    masterKey: { kind: 'file', path: join(directory, 'master-key') },
    compromised: true,
    renewLog:
      ({ to }) =>
      async () => {
        const vault = await on.anotherVault();
        await expectRight(makeLogRenewal({ eventStore: await on.anotherStore(), vault })(to));
        return E.right(undefined);
      },
  });
  await expectRight(rotated);
};
