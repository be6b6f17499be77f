import { randomUUID } from 'node:crypto';
import type { EsdbUser } from '../access/users';
import type { EventLog, Placed } from './eventLog';
import { METADATA_TYPE, type ProposedEvent } from './record';
import { metastreamOf } from './streamMetadata';

const event = (type: string, isJson: boolean, data: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  isJson,
  data: Buffer.from(data),
  metadata: new Uint8Array(),
});

const json = (type: string, value: unknown): ProposedEvent => event(type, true, JSON.stringify(value));

/** What a node writes when it is started on an empty database, so that no reader takes `$all` for its own. */
export const writeFirstEvents = (log: EventLog, port: number, users: ReadonlyArray<EsdbUser>): void => {
  if (log.records.length > 0) return;
  const statistics: Placed = {
    stream: metastreamOf(`$stats-127.0.0.1:${port}`),
    revision: 0n,
    event: json(METADATA_TYPE, { $maxAge: 86_400 }),
  };
  const accounts = users.flatMap(({ name, groups }, index): ReadonlyArray<Placed> => {
    const created = { loginName: name, fullName: name, disabled: false, groups };
    const admins = { $w: '$admins', $d: '$admins', $mw: '$admins' };
    return [
      { stream: `$user-${name}`, revision: 0n, event: json('$UserCreated', created) },
      {
        stream: metastreamOf(`$user-${name}`),
        revision: 0n,
        event: json(METADATA_TYPE, { $acl: admins }),
      },
      { stream: '$users', revision: BigInt(index), event: event('$User', false, name) },
    ];
  });
  log.commit([statistics, ...accounts]);
};
