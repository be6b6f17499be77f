import { makeCertificate, type Certificate } from './certificate';

/** A certificate for `host` that is in order in every respect but one: nobody trusts it. */
export const selfSignedCertificate = (host: string): Certificate =>
  makeCertificate({ name: host, hosts: [host], isAuthority: false, validForMs: 3_600_000 });
