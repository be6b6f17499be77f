import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf } from '../errorCode';
import { readOwnersFile } from '../input/ownersFile';
import { UsageError } from '../problems';
import type { ProxyPlan } from './plan';

/** Root and a group of those who may read keys have it, as with Debian's ssl-cert; everybody else must not. */
const EVERYBODY = 0o007;
const MOST = 65_536;

/** As Node's servers take it. */
export interface TlsIdentity {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const certificateIn = (path: string): { readonly bytes: Buffer; readonly first: X509Certificate } => {
  const unusable = (what: string): UsageError => new UsageError(`--tls-certificate: ${path} ${what}.`);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unusable(`can't be read (${codeOf(error)})`);
  }
  try {
    return { bytes, first: new X509Certificate(bytes) };
  } catch {
    throw unusable('has no certificate: it takes PEM, yours first and then its issuers');
  }
};

/** OpenSSL's own words may tell of what stands in the file. */
const keyIn = (bytes: Buffer, path: string): KeyObject => {
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    const why =
      codeOf(error) === 'ERR_MISSING_PASSPHRASE'
        ? 'is under a passphrase: name one that is not'
        : 'is no private key';
    throw new UsageError(`--tls-key: ${path} ${why}. It takes PEM.`);
  }
};

/** Certificate and key, which fit and hold today. @throws UsageError that says which file is wrong, and how */
export const readTls = async ({ certificate, key }: NonNullable<ProxyPlan['tls']>): Promise<TlsIdentity> => {
  const { bytes: cert, first } = certificateIn(certificate);
  const keyBytes = await readOwnersFile({
    path: key,
    holds: 'the private key',
    closed: EVERYBODY,
    most: MOST,
    options: '--tls-key',
    failed: (message) => new UsageError(`--tls-key: ${message}`),
  });
  if (!first.checkPrivateKey(keyIn(keyBytes, key))) {
    throw new UsageError(`--tls-key: ${key} is not the key of the first certificate in ${certificate}.`);
  }
  if (Date.parse(first.validTo) <= Date.now()) {
    throw new UsageError(`--tls-certificate: ${certificate} ran out on ${first.validTo}. Renew it.`);
  }
  return { cert, key: keyBytes };
};
