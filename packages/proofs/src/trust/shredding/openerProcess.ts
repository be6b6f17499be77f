import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn, type CallContext, type Keyturn } from '@keyturn/service';
import { openVault, type VaultPlace } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { expectRight } from '@keyturn/testbed';
import type { VaultServer } from '../../deployment';
import { Order, type OpenerMessage } from './orders';
import { SERVER_BUSY_MS } from './serverBusy';

const report = (message: OpenerMessage): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Faults that pass: a row that is frozen, a database that is busy. */
const PASSING: ReadonlyArray<string> = ['frozen', 'unavailable', 'contention', 'outcome-unknown'];

/** Takes a run's key again and again, until a rule says no. */
const openUntilRefused = async (keyturn: Keyturn, context: CallContext, runId: string): Promise<void> => {
  for (;;) {
    const began = process.hrtime.bigint().toString();
    const released = await keyturn.resumeRunWithSecret(context, { runId }, (secret) =>
      TE.right(secret.use(digestOf)),
    )();
    if (E.isRight(released)) report({ kind: 'released', runId, began, digest: released.right });
    else if (!PASSING.includes(released.left.code)) {
      report({ kind: 'ended', runId, code: released.left.code });
      return;
    }
  }
};

/** A process that has been running for long: store and vault stay open for as long as it lives. */
const main = async (events: string, masterKey: string, place: VaultPlace | VaultServer): Promise<void> => {
  const keyturn = makeKeyturn({
    eventStore: await expectRight(openSqliteEventStore({ file: events })),
    vault: await expectRight(openVault({ ...place, masterKey: { kind: 'file', path: masterKey } })),
    prober: makeProber(),
    authorize: () => Promise.resolve(true),
  });
  report({ kind: 'ready' });
  for await (const line of createInterface({ input: process.stdin })) {
    const order = Order.decode(JSON.parse(line));
    if (E.isLeft(order)) throw new Error('an order that is none');
    const { kind, workspaceId, runId } = order.right;
    const context: CallContext = { workspaceId, actor: { kind: 'service', id: 'opener' } };
    if (kind === 'open') void openUntilRefused(keyturn, context, runId);
    else {
      const finished = await keyturn.finishRun(context, { runId })();
      report({ kind: 'finished', runId, code: E.isLeft(finished) ? finished.left.code : null });
    }
  }
};

const [events = '', masterKey = '', directory = ''] = process.argv.slice(2);
const { KEYTURN_VAULT: connection } = process.env;
void main(
  events,
  masterKey,
  connection === undefined ? { directory } : { postgres: () => connection, busyTimeoutMs: SERVER_BUSY_MS },
).then(() => process.exit(0));
