import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { backendAt } from './backendAt';
import { newDeployment, newDeploymentId } from './deployment';
import type { VaultFault } from './faults';
import { createVault, openVault, readVaultInfo } from './openVault';
import { DEFAULT_COST, masterKeyFromPassphrase } from './passphrase';
import { withCheapPassphrases } from './testSupport/cheapPassphrases';
import { onFile } from './testSupport/database';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { tempDirectory } from './testSupport/tempDirectory';
import type { Vault } from './vault';

withCheapPassphrases();

const byPassphrase = (text: string) => ({ kind: 'passphrase' as const, passphrase: Buffer.from(text) });

const closed = (opening: TE.TaskEither<VaultFault, Vault>): TE.TaskEither<VaultFault, void> =>
  pipe(
    opening,
    TE.chainTaskK((vault) => () => vault.close()),
  );

test('I-26: typed in another Unicode form, or with a BOM in front, opens the vault', async () => {
  const directory = join(tempDirectory(), 'vault');
  const text = 'Schlüssel für Käse';
  for (const [form, other] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const) {
    const place = { directory: `${directory}-${form}` };
    await (await succeed(createVault({ ...place, masterKey: byPassphrase(text.normalize(form)) }))).close();
    for (const typed of [text.normalize(other), text.normalize(form), `\ufeff${text.normalize(other)}`])
      expect(await faultOf(closed(openVault({ ...place, masterKey: byPassphrase(typed) })))).toBe('no fault');
  }
});

test('I-26: a vault that was made of the bytes as given opens with them', async () => {
  const directory = join(tempDirectory(), 'vault');
  const typed = Buffer.from('Käse'.normalize('NFD'));
  const argon2 = { ...DEFAULT_COST, salt: Buffer.alloc(16, 3) };
  const key = await succeed(masterKeyFromPassphrase(typed, argon2));
  const backend = backendAt({ directory });
  await succeed(backend.prepare('erased'));
  await succeed(
    backend.create(newDeploymentId(), (id) => newDeployment(id, key, { kind: 'passphrase', argon2 }, 1)),
  );
  const open = (text: string) => openVault({ directory, masterKey: byPassphrase(text) });
  await (await succeed(open('Käse'.normalize('NFD')))).close();
  expect(await faultOf(open('Käse'.normalize('NFC')))).toBe('master-key-wrong');
});

test('I-41: no id is told of the key that a wrong one gives', async () => {
  const directory = join(tempDirectory(), 'vault');
  await (await succeed(createVault({ directory, masterKey: byPassphrase('one') }))).close();
  onFile(directory, 'vault.sqlite', (db) => db.exec('UPDATE deployment SET argon2_salt = zeroblob(16)'));
  const { masterKeyId } = await succeed(readVaultInfo({ directory }));
  const message = await messageOf(openVault({ directory, masterKey: byPassphrase('one') }));
  expect(message).toContain(`sealed with master key ${masterKeyId}, and the passphrase gives another: `);
  expect(message.match(/[0-9a-f]{16}/g)).toEqual([masterKeyId]);
});
