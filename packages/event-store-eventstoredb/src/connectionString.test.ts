import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { parseConnectionString, type ConnectionSettings } from './connectionString';

const parsed = (text: string): ConnectionSettings => {
  const settings = parseConnectionString(text);
  if (E.isRight(settings)) return settings.right;
  throw settings.left;
};

const problemOf = (text: string): string => {
  const settings = parseConnectionString(text);
  if (E.isRight(settings)) throw new Error('It was taken.');
  expect(settings.left.code).toBe('invalid-argument');
  return settings.left.message;
};

describe('a connection string', () => {
  test('names one node', () => {
    expect(parsed('esdb://db.example:2114?tls=false')).toMatchObject({
      endpoints: [{ address: 'db.example', port: 2114 }],
      discover: false,
      tls: false,
    });
  });

  test('names the nodes of a cluster', () => {
    expect(parsed('esdb://a:1,b:2,[::1]:3').endpoints).toEqual([
      { address: 'a', port: 1 },
      { address: 'b', port: 2 },
      { address: '[::1]', port: 3 },
    ]);
  });

  test.each([
    'esdb+discover://cluster.example',
    'kurrentdb+discover://cluster.example/',
    ' ESDB+DISCOVER://cluster.example ',
  ])('names a cluster to discover: %s', (text) => {
    expect(parsed(text)).toMatchObject({
      discover: true,
      endpoints: [{ address: 'cluster.example', port: 2113 }],
    });
  });

  test('takes TLS for granted', () => {
    expect(parsed('esdb://a')).toMatchObject({ tls: true, tlsCAFile: null, userCertFile: null });
  });

  test('has a user, percent-encoded where need be', () => {
    expect(parsed('esdb://ada%40home:p%3Ass%2Fw%25rd@a').credentials()).toEqual({
      username: 'ada@home',
      password: 'p:ss/w%rd',
    });
  });

  test('reads options by name, whatever their case', () => {
    expect(
      parsed(
        'kurrentdb://a?TLSCAFILE=%2Fca.pem&userCertFile=c&userkeyfile=k&DefaultDeadline=500&keepAliveInterval=-1',
      ),
    ).toMatchObject({
      tlsCAFile: '/ca.pem',
      userCertFile: 'c',
      userKeyFile: 'k',
      defaultDeadline: 500,
      keepAliveInterval: -1,
    });
  });

  test.each([
    ['another scheme', 'http://a', 'esdb://'],
    ['no scheme', 'a:2113', 'esdb://'],
    ['nothing', '', 'esdb://'],
    ['no host', 'esdb://?tls=false', 'host'],
    ['an empty host', 'esdb://a,,b', 'host'],
    ['a port that is none', 'esdb://a:70000', 'host'],
    ['a path', 'esdb://a/b', 'esdb://'],
    ['two hosts to discover', 'esdb+discover://a,b', 'several hosts'],
    ['a user without a password', 'esdb://ada@a', 'user:password'],
    ['a broken escape', 'esdb://ada:%zz@a', 'user:password'],
    ['an unknown option', 'esdb://a?tsl=false', 'none of tls'],
    ['an option twice', 'esdb://a?tls=true&TLS=true', 'twice'],
    ['an option without a value', 'esdb://a?tls', 'none of tls'],
    ['tls that is neither', 'esdb://a?tls=no', 'true or false'],
    ['a deadline of 0', 'esdb://a?defaultDeadline=0', 'milliseconds'],
    ['a deadline beyond timers', 'esdb://a?defaultDeadline=2147483648', 'milliseconds'],
    ['keep-alives too near', 'esdb://a?keepAliveInterval=9999', '10000'],
    ['unverified TLS', 'esdb://a?tlsVerifyCert=false', 'tlsCAFile'],
    ['a follower', 'esdb://a?nodePreference=follower', 'leader'],
    ['a name beyond ASCII', 'esdb://a?connectionName=%C3%BCber', 'ASCII'],
    ['a name with a line end', 'esdb://a?connectionName=a%0Ab', 'ASCII'],
    ['half a certificate', 'esdb://a?userCertFile=c', 'together'],
  ])('with %s is refused, and the error says what is wrong', (_, text, said) => {
    expect(problemOf(text)).toContain(said);
  });

  test('gives settings that print no password', () => {
    const password = 'correct-horse';
    const settings = parsed(`esdb://ada:${password}@a`);
    expect(inspect(settings, { depth: Infinity, showHidden: true })).not.toContain(password);
    expect(JSON.stringify(settings)).not.toContain(password);
  });
});
