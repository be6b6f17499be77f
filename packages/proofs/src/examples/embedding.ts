import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels } from '@keyturn/projections';
import { KeyturnError, makeKeyturn, promiseOf, withPromises } from '@keyturn/service';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { mkdir } from 'node:fs/promises';

interface Setting {
  /** A new folder; the master key lies beside it, not in it. */
  readonly directory: string;
  readonly pastedKey: string;
  /** Left out in production; tests point the test calls at a sandbox. */
  readonly endpointOverrides?: Readonly<Record<string, string>>;
}

type Shown =
  | { readonly keyId: string; readonly masked: string; readonly list: ReadonlyArray<string> }
  | { readonly refused: string };

export const addAKeyAndRun = async (setting: Setting): Promise<Shown> => {
  const { directory, pastedKey, endpointOverrides = {} } = setting;
  await mkdir(directory, { recursive: true });
  const masterKeyFile = `${directory}.master-key`;
  await promiseOf(createMasterKeyFile(masterKeyFile));
  const masterKey = { kind: 'file', path: masterKeyFile } as const;
  const vault = await promiseOf(createVault({ directory: `${directory}/vault`, masterKey }));
  const eventStore = await promiseOf(openSqliteEventStore({ file: `${directory}/events.sqlite` }));
  const readModels = await promiseOf(
    openReadModels({ file: `${directory}/read-models.sqlite`, store: eventStore }),
  );
  const keyturn = withPromises(
    makeKeyturn({
      eventStore,
      vault,
      prober: makeProber({ endpointOverrides }),
      // Your rule of who may do what. Asked before anything else.
      authorize: ({ actor }) => Promise.resolve(actor.kind === 'user'),
    }),
  );
  const ada = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } } as const;

  try {
    // Checks the paste, seals it, records it, and asks the vendor with a one-token test call.
    const { key, position } = await keyturn.addKey(ada, { vendor: 'anthropic', pasted: pastedKey });

    // Pins the run to its key, then opens the key for as long as the function runs.
    const masked = await keyturn.startRunWithSecret(ada, { runId: 'compile-1' }, (secret, pin) =>
      Promise.resolve(`compiling with …${secret.last4} by ${pin.choice}`),
    );
    await keyturn.finishRun(ada, { runId: 'compile-1' });

    // The read models follow the log; wait for your own write, then read.
    if (position !== null) await promiseOf(readModels.waitFor(position));
    const keys = await promiseOf(readModels.listKeys('acme'));
    return { keyId: key.keyId, masked, list: keys.map(({ display }) => display) };
  } catch (error) {
    // A refusal is a rule that says no: its message says what to do. Anything else is a fault.
    if (error instanceof KeyturnError && error.refusal !== null) return { refused: error.refusal.code };
    throw error;
  } finally {
    await keyturn.settled();
    await readModels.close();
    await eventStore.close();
    await vault.close();
  }
};
