import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, der, integer, octets, oid, sequence, set, tagged, text, time, yes } from './der';

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
const ALGORITHM = sequence(oid('2a8648ce3d040302'));
/** commonName, 2.5.4.3 */
const COMMON_NAME = oid('550403');
/** subjectAltName, 2.5.29.17 */
const ALTERNATIVE_NAMES = oid('551d11');
/** basicConstraints, 2.5.29.19 */
const BASIC_CONSTRAINTS = oid('551d13');

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

export interface CertificateRequest {
  /** Common name. */
  readonly name: string;
  /** Names and IPv4 addresses of the hosts that may show it. */
  readonly hosts: ReadonlyArray<string>;
  /** Whether it may issue others. */
  readonly isAuthority: boolean;
  /** Who signs it; itself when left out. */
  readonly issuer?: Issuer;
  readonly validForMs: number;
}

const distinguishedName = (name: string): Buffer => sequence(set(sequence(COMMON_NAME, text(name))));

const generalName = (host: string): Buffer =>
  isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

const extensionsOf = ({ hosts, isAuthority }: CertificateRequest): Buffer =>
  sequence(
    sequence(BASIC_CONSTRAINTS, yes, octets(isAuthority ? sequence(yes) : sequence())),
    ...(hosts.length > 0 ? [sequence(ALTERNATIVE_NAMES, octets(sequence(...hosts.map(generalName))))] : []),
  );

/** Positive, and different for each certificate. */
const serialNumber = (): Buffer => Buffer.concat([Buffer.from([1]), randomBytes(8)]);

/**
 * Makes a certificate at run time (RFC 5280, by hand: Node makes keys but no certificates), so that no private key lies
 * in the sources. It is in order, but nobody trusts it who is not told to.
 */
export const makeCertificate = (request: CertificateRequest): Certificate & { readonly issuer: Issuer } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = request.issuer ?? { name: request.name, key: privateKey };
  const hour = 3_600_000;
  const signed = sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(serialNumber()),
    ALGORITHM,
    distinguishedName(issuer.name),
    sequence(time(new Date(Date.now() - hour)), time(new Date(Date.now() + request.validForMs))),
    distinguishedName(request.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, extensionsOf(request)),
  );
  const certificate = sequence(signed, ALGORITHM, bits(sign('sha256', signed, issuer.key)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    issuer: { name: request.name, key: privateKey },
  };
};
