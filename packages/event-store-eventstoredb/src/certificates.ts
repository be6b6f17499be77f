import { readFileSync } from 'node:fs';
import { StoreFault } from '@keyturn/event-store';
import type { ConnectionSettings } from './connectionString';

/** Whom to trust, and whom to say that we are. */
export interface Certificates {
  readonly insecure: boolean;
  readonly rootCertificate?: Buffer;
  readonly userCertFile?: Buffer;
  readonly userKeyFile?: Buffer;
}

const file = (path: string, what: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new StoreFault(
      'invalid-argument',
      `The ${what} of the connection string can't be read (${code}): ${path}. Name a file in PEM form.`,
    );
  }
};

/**
 * Reads the certificates of a connection.
 *
 * @throws StoreFault `invalid-argument` for one that can't be read
 */
export const certificatesOf = (settings: ConnectionSettings): Certificates => {
  if (!settings.tls) return { insecure: true };
  const { tlsCAFile, userCertFile, userKeyFile } = settings;
  return {
    insecure: false,
    ...(tlsCAFile === null ? {} : { rootCertificate: file(tlsCAFile, 'tlsCAFile') }),
    ...(userCertFile === null ? {} : { userCertFile: file(userCertFile, 'userCertFile') }),
    ...(userKeyFile === null ? {} : { userKeyFile: file(userKeyFile, 'userKeyFile') }),
  };
};
