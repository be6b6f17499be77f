import { isRefusal } from '@keyturn/service';
import { VaultFault, type Secret, type Vault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultyPart } from '../check';
import { thatRepeatsTheKey } from '../faulty/probers';
import type { LibraryParts } from './library/librarySite';

const textOf = (secret: Secret): string => secret.use((bytes) => Buffer.from(bytes).toString('latin1'));

const thatTellsWhatItCouldNotSeal = (vault: Vault): Vault => ({
  ...vault,
  seal: (_, secret) => TE.left(new VaultFault('unavailable', `${textOf(secret)} could not be sealed.`)),
});

const whoseSecretsPrintThemselves = (vault: Vault): Vault => ({
  ...vault,
  open: (gate, use) =>
    vault.open(gate, (secret) => use(Object.assign(secret, { toJSON: () => textOf(secret) }))),
});

const thatKeepsSecretsInClear = (vault: Vault, directory: string): Vault => ({
  ...vault,
  seal: (binding, secret) => {
    appendFileSync(join(directory, 'unsealed'), textOf(secret));
    return vault.seal(binding, secret);
  },
});

/** What the check must find out. */
export const FAULTY_PARTS: ReadonlyArray<Omit<FaultyPart, 'run'> & { readonly parts: LibraryParts }> = [
  {
    name: 'a prober that repeats the key as the id of a request',
    parts: { prober: thatRepeatsTheKey },
    seen: /there is more than the last 4 of canary/,
  },
  {
    name: 'a vault whose fault tells the secret',
    parts: { vault: thatTellsWhatItCouldNotSeal },
    seen: /in a key in its own|in adding a key|in a paste/,
  },
  {
    name: 'a vault that keeps secrets in clear beside the sealed ones',
    parts: { vault: (vault, disk) => thatKeepsSecretsInClear(vault, disk.vaultDirectory) },
    seen: /in data\/vault\/unsealed|unsealed there is/,
  },
  {
    name: 'a vault whose secrets print themselves',
    parts: { vault: whoseSecretsPrintThemselves },
    seen: /there is more than the last 4 of canary/,
  },
  {
    name: 'a service whose refusal repeats what somebody typed',
    parts: {
      keyturn: (keyturn) => ({
        ...keyturn,
        addKey: (context, request) =>
          pipe(
            keyturn.addKey(context, request),
            TE.mapLeft((failure) =>
              isRefusal(failure) ? { ...failure, message: `${failure.message} ${request.label}` } : failure,
            ),
          ),
      }),
    },
    seen: /in a key in its own label/,
  },
];
