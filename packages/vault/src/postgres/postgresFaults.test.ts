import { describe, expect, test } from '@jest/globals';
import { VaultFault } from '../faults';
import { fromPostgres, sqlstateOf } from './postgresFaults';

/** As the driver gives what the server says. */
const fromServer = (code: string): Error =>
  Object.assign(new Error('Failing row contains (1, 2)'), { severity: 'ERROR', code });

const DATABASE = 'db.example.com:5432/vault';

describe('what PostgreSQL says', () => {
  test.each([
    ['28P01', 'unavailable', 'password and pg_hba.conf'],
    ['28000', 'unavailable', 'password and pg_hba.conf'],
    ['3D000', 'not-initialised', 'no such database'],
    ['42501', 'not-writable', 'permissions'],
    ['25006', 'not-writable', 'read-only'],
    ['53100', 'not-writable', 'free some space'],
    ['53300', 'unavailable', 'no connection left'],
    ['53200', 'unavailable', 'short of something'],
    ['55P03', 'unavailable', 'another process uses the vault'],
    ['57014', 'unavailable', 'took too long'],
    ['57P01', 'unavailable', 'starting or shutting down'],
    ['57P03', 'unavailable', 'starting or shutting down'],
    ['40001', 'unavailable', 'changed the same rows'],
    ['40P01', 'unavailable', 'changed the same rows'],
    ['25P03', 'unavailable', 'ended the transaction'],
    ['08P01', 'unavailable', 'not to a pooler'],
    ['08006', 'unavailable', 'the connection failed'],
    ['58030', 'unavailable', "the server's disk"],
    ['XX001', 'tampered', 'the database is damaged'],
    ['XX002', 'tampered', 'or REINDEX'],
    ['42P01', 'tampered', 'the tables are not those of a vault'],
    ['42703', 'tampered', 'the tables are not those of a vault'],
    ['3F000', 'tampered', 'the tables are not those of a vault'],
    ['23514', 'tampered', 'the tables are not those of a vault'],
    ['22P02', 'tampered', 'the tables are not those of a vault'],
    ['XX000', 'unavailable', 'try again'],
  ])('with SQLSTATE %s is %s', (sqlstate, code, next) => {
    const fault = fromPostgres(fromServer(sqlstate), DATABASE);
    expect(fault.code).toBe(code);
    expect(fault.message.startsWith(`${DATABASE}: SQLSTATE ${sqlstate}: `)).toBe(true);
    expect(fault.message).toContain(next);
    expect(fault.message).not.toContain('Failing row');
    expect(fault.cause).toBeUndefined();
  });

  test.each([
    ['ECONNREFUSED', 'no server answers there'],
    ['ENOENT', 'the right directory'],
    ['ENOTFOUND', 'the host is not known'],
    ['EAI_AGAIN', 'could not be looked up'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'of another name'],
    ['CERT_HAS_EXPIRED', 'not valid'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not trusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not trusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS failed'],
    ['EPROTO', 'TLS failed'],
    ['EPIPE', 'try again'],
  ])('on the way, such as %s, is that it is unavailable', (errno, next) => {
    const fault = fromPostgres(Object.assign(new Error('secret'), { code: errno }), DATABASE);
    expect(fault.code).toBe('unavailable');
    expect(fault.message.startsWith(`${DATABASE}: ${errno}: `)).toBe(true);
    expect(fault.message).toContain(next);
  });

  test.each([
    ['The server does not support SSL connections', 'speaks no TLS'],
    ['There was an error establishing an SSL connection', 'TLS failed'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'no password'],
    ['timeout exceeded when trying to connect', 'all connections are in use'],
    ['Connection terminated due to connection timeout', 'does not answer'],
    ['timeout expired', 'does not answer'],
    ['Query read timeout', 'does not answer'],
    ['Cannot use a pool after calling end on the pool', 'the vault was closed'],
    ['Connection terminated unexpectedly', 'try again'],
  ])('by the driver alone (“%s”) is that it is unavailable', (message, next) => {
    const fault = fromPostgres(new Error(message), DATABASE);
    expect(fault.code).toBe('unavailable');
    expect(fault.message.startsWith(`${DATABASE}: connection failed: `)).toBe(true);
    expect(fault.message).toContain(next);
  });

  test('is unavailable whatever is thrown, and a fault stays the fault that it is', () => {
    for (const thrown of ['a text', null, undefined])
      expect(fromPostgres(thrown, DATABASE).message).toBe(`${DATABASE}: connection failed: try again`);
    const fault = new VaultFault('frozen', 'it is frozen');
    expect(fromPostgres(fault, DATABASE)).toBe(fault);
  });

  test('is told by its shape from what has a code of its own', () => {
    expect(sqlstateOf(fromServer('40001'))).toBe('40001');
    // Five characters, like an SQLSTATE.
    expect(sqlstateOf(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }))).toBeNull();
    expect(sqlstateOf({ severity: 'ERROR', code: 'ERR_SSL' })).toBeNull();
    expect(sqlstateOf({ severity: 'ERROR' })).toBeNull();
    expect(sqlstateOf(null)).toBeNull();
    expect(sqlstateOf('severity')).toBeNull();
  });
});
