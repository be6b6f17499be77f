import { describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { makeCertificate } from './certificate';

const HOUR_MS = 3_600_000;

const derOf = (validForMs: number): Buffer => {
  const { cert } = makeCertificate({ name: 'alice', hosts: [], isAuthority: false, validForMs });
  return new X509Certificate(cert).raw;
};

describe('ES-W2: a certificate without hosts', () => {
  // An empty list of extensions is no encoding of any (RFC 5280, section 4.1): basicConstraints of no authority.
  test('has an extension nevertheless, that it is no authority', () => {
    const der = derOf(HOUR_MS);
    expect(der.includes(Buffer.from('a3', 'hex'))).toBe(true);
    expect(der.includes(Buffer.from('300c0603551d130101ff04023000', 'hex'))).toBe(true);
  });

  // RFC 5280, section 4.1.2.5: dates until 2049 in two digits of the year, and in four from then on.
  test('says years until 2049 in two digits, and later ones in four', () => {
    const year = 365 * 24 * HOUR_MS;
    const soon = derOf(year).toString('latin1');
    const late = derOf(40 * year).toString('latin1');
    expect(soon.match(/\x17\x0d\d{12}Z/g)).toHaveLength(2);
    expect(late.match(/\x17\x0d\d{12}Z/g)).toHaveLength(1);
    expect(late.match(/\x18\x0f20[5-9]\d{11}Z/g)).toHaveLength(1);
  });
});
