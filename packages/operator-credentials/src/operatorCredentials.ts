import { OperatorCredentialFault } from './fault';
import { credentialFromEnvironment } from './fromEnvironment';
import { credentialFromFile } from './fromFile';
import type { OperatorCredential } from './operatorCredential';

/** Where the operator keeps the credential for one vendor: in exactly one place. */
export type OperatorCredentialSource =
  /**
   * By absolute path: a file with the credential alone on one line, that its owner alone has access to (mode 0600 or
   * 0400).
   */
  | { readonly from: 'file'; readonly path: string }
  /** An environment variable by its name. */
  | { readonly from: 'environment'; readonly variable: string };

export interface OperatorCredentials {
  /**
   * Reads the operator's credential for a vendor, hands it to `use`, and wipes it when that has ended, however it
   * ended. It is read anew each time and never kept, so that a replaced file or variable counts from the next call on.
   *
   * @throws OperatorCredentialFault in the returned promise. There is no second source to try, and no other vendor's
   * credential and no customer's key ever stands in.
   */
  withOperatorCredential<A>(
    vendor: string,
    use: (credential: OperatorCredential) => A | Promise<A>,
  ): Promise<A>;
}

const load = async (
  vendor: string,
  source: OperatorCredentialSource | undefined,
): Promise<OperatorCredential> => {
  if (source === undefined) {
    throw new OperatorCredentialFault(
      'not-configured',
      vendor,
      `No operator credential is configured for ${vendor}. Name a file or an environment variable that holds one.`,
    );
  }
  return source.from === 'file'
    ? credentialFromFile(vendor, source.path)
    : credentialFromEnvironment(vendor, source.variable);
};

/**
 * The operator's own credentials, by vendor: for the Layer 4 critic that runs immediately before commit. Nothing is
 * read until a credential is asked for.
 *
 * @example
 * const operator = operatorCredentials({
 *   anthropic: { from: 'file', path: '/etc/keyturn/operator-anthropic' },
 *   openai: { from: 'environment', variable: 'OPERATOR_OPENAI_KEY' },
 * });
 * const verdict = await operator.withOperatorCredential('anthropic', (credential) =>
 *   credential.use((bytes) => runCritic(bytes)),
 * );
 */
export const operatorCredentials = (
  sources: Readonly<Record<string, OperatorCredentialSource>>,
): OperatorCredentials => {
  const byVendor = new Map(Object.entries(sources));
  return {
    withOperatorCredential: async (vendor, use) => {
      const credential = await load(vendor, byVendor.get(vendor));
      try {
        return await use(credential);
      } finally {
        credential.dispose();
      }
    },
  };
};
