import { AccessDeniedError, jsonEvent, type EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EsdbUser } from './access/users';
import { numbered, numbersOf, startConnected, type Connected } from './testSupport/connected';

/** A user who is in no group. */
const auditor: EsdbUser = { name: 'auditor', password: randomUUID(), groups: [] };

let connected: Connected;
beforeAll(async () => {
  connected = await startConnected({ tls: true, users: [auditor] });
});
afterAll(() => connected.close());

const as = (credentials: string, more = ''): EventStoreDBClient => {
  const { port, caFile } = connected.server;
  return connected.connect(
    `esdb://${credentials}localhost:${port}?tlsCAFile=${encodeURIComponent(caFile ?? '')}${more}`,
  );
};
const asAuditor = (): EventStoreDBClient => as(`${auditor.name}:${auditor.password}@`);
const append = (client: EventStoreDBClient, stream: string) => client.appendToStream(stream, numbered(1));
const read = (client: EventStoreDBClient, stream: string) => numbersOf(client.readStream(stream));

describe('TLS', () => {
  test('serves a client who trusts the authority', async () => {
    const stream = randomUUID();
    await append(connected.client, stream);
    expect(await read(connected.client, stream)).toEqual([1]);
  });

  test('is refused by a client who does not trust it', async () => {
    const { port } = connected.server;
    const client = connected.connect(`esdb://admin:changeit@localhost:${port}?defaultDeadline=1000`);
    await expect(client.deleteStream(randomUUID())).rejects.toThrow();
  });

  test('a client without it gets nowhere', async () => {
    const { port } = connected.server;
    const client = connected.connect(`esdb://localhost:${port}?tls=false&defaultDeadline=1000`);
    await expect(client.deleteStream(randomUUID())).rejects.toThrow();
  });
});

// AuthenticationMiddleware.cs and LegacyPolicySelectorFactory.cs in the server's source.
describe('A caller', () => {
  test.each([['admin:wrong@'], ['nobody:changeit@']])(
    'with wrong credentials (%s) is refused',
    async (credentials) => {
      const client = as(credentials);
      await expect(append(client, randomUUID())).rejects.toThrow(AccessDeniedError);
      await expect(read(client, randomUUID())).rejects.toThrow(AccessDeniedError);
      await expect(client.deleteStream(randomUUID())).rejects.toThrow(AccessDeniedError);
    },
  );

  test('without credentials is refused', async () => {
    const client = as('');
    await expect(append(client, randomUUID())).rejects.toThrow(AccessDeniedError);
    await expect(read(client, randomUUID())).rejects.toThrow(AccessDeniedError);
  });

  test('is told by the credentials of one call, before those of the connection', async () => {
    const stream = randomUUID();
    const wrong = { username: 'admin', password: 'wrong' };
    const right = { username: 'admin', password: 'changeit' };
    await expect(
      connected.client.appendToStream(stream, numbered(1), { credentials: wrong }),
    ).rejects.toThrow(AccessDeniedError);
    await expect(as('').appendToStream(stream, numbered(1), { credentials: right })).resolves.toMatchObject({
      success: true,
    });
  });

  test('may be named by a certificate', async () => {
    const { certFile, keyFile } = connected.server.issueUserCertificate('admin');
    const certificate = `&userCertFile=${encodeURIComponent(certFile)}&userKeyFile=${encodeURIComponent(keyFile)}`;
    await expect(append(as('', certificate), randomUUID())).resolves.toMatchObject({ success: true });
  });

  test('named by a certificate must be known', async () => {
    const { certFile, keyFile } = connected.server.issueUserCertificate('stranger');
    const certificate = `&userCertFile=${encodeURIComponent(certFile)}&userKeyFile=${encodeURIComponent(keyFile)}`;
    await expect(append(as('', certificate), randomUUID())).rejects.toThrow(AccessDeniedError);
  });
});

// CheckStreamAccess in LegacyStreamPermissionAssertion.cs
describe('Nobody, an administrator included,', () => {
  test('writes to $all, or deletes it', async () => {
    await expect(append(connected.client, '$all')).rejects.toThrow(AccessDeniedError);
    await expect(connected.client.deleteStream('$all')).rejects.toThrow(AccessDeniedError);
  });

  test('deletes a metastream', async () => {
    const stream = randomUUID();
    await connected.client.setStreamMetadata(stream, { maxCount: 1 });
    await expect(connected.client.deleteStream(`$$${stream}`)).rejects.toThrow(AccessDeniedError);
    await expect(connected.client.tombstoneStream(`$$${stream}`)).rejects.toThrow(AccessDeniedError);
  });
});

describe('A user in no group', () => {
  test('may read and write streams that have no ACL', async () => {
    const stream = randomUUID();
    await append(asAuditor(), stream);
    expect(await read(asAuditor(), stream)).toEqual([1]);
  });

  test('may not read $all, nor follow it, nor read streams of the system', async () => {
    const client = asAuditor();
    await expect(numbersOf(client.readAll())).rejects.toThrow(AccessDeniedError);
    await expect(numbersOf(client.subscribeToAll())).rejects.toThrow(AccessDeniedError);
    await expect(read(client, '$users')).rejects.toThrow(AccessDeniedError);
  });

  test('may read $all once its ACL says so', async () => {
    await connected.client.setStreamMetadata('$all', { acl: { readRoles: ['$admins', auditor.name] } });
    expect(await numbersOf(asAuditor().readAll({ maxCount: 1 }))).toHaveLength(1);
    await connected.client.setStreamMetadata('$all', {});
  });

  test('may do with a stream what its ACL says', async () => {
    const stream = randomUUID();
    await append(connected.client, stream);
    await connected.client.setStreamMetadata(stream, {
      acl: { readRoles: ['$all'], writeRoles: ['$admins'] },
    });
    const client = asAuditor();
    expect(await read(client, stream)).toEqual([1]);
    await expect(append(client, stream)).rejects.toThrow(AccessDeniedError);
    await connected.client.setStreamMetadata(stream, { acl: { readRoles: ['$ops'] } });
    await expect(read(client, stream)).rejects.toThrow(AccessDeniedError);
    await expect(append(client, stream)).resolves.toMatchObject({ success: true });
  });

  // CheckStreamAccess in LegacyStreamPermissionAssertion.cs
  test('may read and write metadata as the stream’s ACL says of metadata', async () => {
    const client = asAuditor();
    const stream = randomUUID();
    await connected.client.setStreamMetadata(stream, {
      acl: { readRoles: ['$admins'], metaReadRoles: ['$all'], metaWriteRoles: ['$admins'] },
    });
    expect((await client.getStreamMetadata(stream)).streamName).toBe(stream);
    await expect(client.setStreamMetadata(stream, {})).rejects.toThrow(AccessDeniedError);
    await connected.client.setStreamMetadata(stream, {
      acl: { writeRoles: ['$admins'], metaReadRoles: ['$admins'], metaWriteRoles: [auditor.name] },
    });
    await expect(client.getStreamMetadata(stream)).rejects.toThrow(AccessDeniedError);
    await expect(client.setStreamMetadata(stream, {})).resolves.toMatchObject({ success: true });
  });

  test('has what the default ACL leaves', async () => {
    const settings = {
      $userStreamAcl: { $r: '$admins', $w: '$all', $d: '$admins', $mr: '$admins', $mw: '$admins' },
    };
    await connected.client.appendToStream('$settings', jsonEvent({ type: '$settings', data: settings }));
    const stream = randomUUID();
    const client = asAuditor();
    await expect(append(client, stream)).resolves.toMatchObject({ success: true });
    await expect(read(client, stream)).rejects.toThrow(AccessDeniedError);
    await expect(client.deleteStream(stream)).rejects.toThrow(AccessDeniedError);
    await expect(client.setStreamMetadata(stream, {})).rejects.toThrow(AccessDeniedError);
    await connected.client.appendToStream('$settings', jsonEvent({ type: '$settings', data: {} }));
  });
});
