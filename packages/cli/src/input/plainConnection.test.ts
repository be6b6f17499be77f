import { expect, test } from '@jest/globals';
import { crossesNetworkInClear } from './plainConnection';

test.each([
  ['esdb://db.example:2113?tls=false', true],
  ['esdb://ada:pa%40ss@db.example?keepAliveInterval=1&tls=FALSE', true],
  ['esdb+discover://127.0.0.1:1,db.example:2?tls=false', true],
  ['esdb://127.0.0.1.example?tls=false', true],
  ['postgres://db.example/keyturn?sslmode=disable', true],
  ['postgres:///keyturn?host=db.example&sslmode=disable', true],
  ['esdb://127.0.0.1:2113?tls=false', false],
  ['esdb+discover://localhost:1,[::1]:2?tls=false', false],
  ['esdb://db.example:2113', false],
  ['esdb://db.example:2113?tls=true', false],
  ['postgres://localhost/keyturn?sslmode=disable', false],
  ['postgres://%2Frun%2Fpostgresql/keyturn?sslmode=disable', false],
  ['postgres://ada@/keyturn?host=/run/postgresql&sslmode=disable', false],
  ['postgres://db.example/keyturn', false],
])('I-44: %s crosses the network in clear: %s', (connection, crosses) => {
  expect(crossesNetworkInClear(connection)).toBe(crosses);
  expect(Reflect.get(RegExp, 'input')).toBe('');
});
