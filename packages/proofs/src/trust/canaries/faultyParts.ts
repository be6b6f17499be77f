import { VaultFault, type Secret, type Vault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import {
  isKeyturnError,
  type ActContext,
  type Foreseen,
  type Keys,
  type Keyturn,
  type RunInUse,
  type UseRunInput,
  type UseRunOptions,
} from 'keyturn';
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

/** What is refused tells the label that was given. */
const thatRepeatsLabels = (keyturn: Keyturn): Keyturn => {
  const { keys } = keyturn;
  const add = new Proxy(keys.add, {
    apply: async (act, self, args: Parameters<Keys['add']>): Promise<unknown> => {
      try {
        return await Reflect.apply(act, self, args);
      } catch (error) {
        if (isKeyturnError(error)) error.message += ` ${args[1].label ?? ''}`;
        throw error;
      }
    },
  });
  return { ...keyturn, keys: { ...keys, add } };
};

const printing = (run: RunInUse): RunInUse => ({
  ...run,
  secret: { ...run.secret, ...{ toJSON: () => run.secret.reveal() } },
});

/** The secret that a run is handed tells itself in JSON. */
const whoseRunsPrintTheirSecret = (keyturn: Keyturn): Keyturn => {
  type Work<A> = (run: RunInUse) => A | Promise<A>;
  type Dry = UseRunOptions & { readonly dryRun: true };
  type Wet = UseRunOptions & { readonly dryRun?: false };
  function use(ctx: ActContext, input: UseRunInput, work: Work<unknown>, options: Dry): Promise<Foreseen>;
  function use<A>(ctx: ActContext, input: UseRunInput, work: Work<A>, options?: Wet): Promise<A>;
  function use<A>(
    ctx: ActContext,
    input: UseRunInput,
    work: Work<A>,
    options: UseRunOptions & { readonly dryRun?: boolean } = {},
  ): Promise<A | Foreseen> {
    const { dryRun, ...rest } = options;
    return dryRun === true
      ? keyturn.runs.use(ctx, input, work, { ...rest, dryRun })
      : keyturn.runs.use(ctx, input, (run) => work(printing(run)), rest);
  }
  return { ...keyturn, runs: { ...keyturn.runs, use } };
};

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
    parts: { vault: (vault, { vaultDirectory }) => thatKeepsSecretsInClear(vault, vaultDirectory) },
    seen: /in data\/vault\/unsealed|unsealed there is/,
  },
  {
    name: 'a vault whose secrets print themselves',
    parts: { vault: whoseSecretsPrintThemselves },
    seen: /in a secret in use/,
  },
  {
    name: 'a door whose secrets print themselves',
    parts: { keyturn: whoseRunsPrintTheirSecret },
    seen: /in a secret in use/,
  },
  {
    name: 'a door whose refusal repeats what somebody typed',
    parts: {
      keyturn: thatRepeatsLabels,
    },
    seen: /in a key in its own label/,
  },
];
