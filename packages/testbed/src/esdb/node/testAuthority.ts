import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, type Certificate } from '../../certificates/certificate';

/** A certificate authority that exists for one server, with its files in a directory that goes when the server does. */
export interface TestAuthority {
  /** Path of the authority's certificate, for `tlsCAFile`. */
  readonly caFile: string;
  readonly ca: string;
  /** For the nodes of the server. */
  readonly node: Certificate;
  /** Paths of a certificate that names a user, for `userCertFile` and `userKeyFile`. */
  readonly issueUserCertificate: (user: string) => UserCertificate;
  readonly remove: () => void;
}

export interface UserCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

const MONTH_MS = 30 * 24 * 3_600_000;

export const makeTestAuthority = (hosts: ReadonlyArray<string>): TestAuthority => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-esdb-'));
  const write = (name: string, content: string): string => {
    const file = join(directory, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };
  const authority = makeCertificate({
    name: 'Keyturn test authority',
    hosts: [],
    isAuthority: true,
    validForMs: MONTH_MS,
  });
  const issue = (name: string, of: ReadonlyArray<string>): Certificate =>
    makeCertificate({
      name,
      hosts: of,
      isAuthority: false,
      issuer: authority.issuer,
      validForMs: MONTH_MS,
    });
  return {
    caFile: write('ca.crt', authority.cert),
    ca: authority.cert,
    node: issue('eventstoredb-node', hosts),
    issueUserCertificate: (user) => {
      const { key, cert } = issue(user, []);
      return { certFile: write(`${user}.crt`, cert), keyFile: write(`${user}.key`, key) };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
};
