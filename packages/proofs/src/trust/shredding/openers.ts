import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { VaultPlace } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { Order, OpenerMessage } from './orders';

/** Built: a process of its own runs no TypeScript. */
const PROGRAM = join(__dirname, '..', '..', '..', 'dist', 'trust', 'shredding', 'openerProcess.js');

/** A process that opens keys of runs, with handles that stay open. */
export interface Opener {
  readonly order: (order: Order) => void;
  /** All messages so far. */
  readonly messages: ReadonlyArray<OpenerMessage>;
  /** Waits until the messages have something. @throws when the process ends before */
  readonly until: (has: (messages: ReadonlyArray<OpenerMessage>) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What an opener process opens. */
export interface OpenerPlaces {
  readonly events: string;
  readonly vault: VaultPlace;
  readonly masterKey: string;
}

/** Starts a process and waits until its handles are open. */
export const startOpener = async ({ events, vault, masterKey }: OpenerPlaces): Promise<Opener> => {
  const [directory, env] =
    'postgres' in vault ? ['', { KEYTURN_VAULT: vault.postgres() }] : [vault.directory, {}];
  const child = spawn(process.execPath, [PROGRAM, events, masterKey, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const messages: OpenerMessage[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = (): void => waiting.forEach((look) => look());
  const closed = once(child, 'close').then(() => {
    ended = true;
    wake();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = OpenerMessage.decode(JSON.parse(line));
    if (E.isRight(said)) messages.push(said.right);
    wake();
  });
  const until: Opener['until'] = (has) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const there = has(messages);
        if (!there && !ended) return;
        waiting.delete(look);
        if (there) resolve();
        else reject(new Error('an opener process ended by itself'));
      };
      waiting.add(look);
      look();
    });
  await until((all) => all.some(({ kind }) => kind === 'ready'));
  return {
    order: (order) => void child.stdin.write(`${JSON.stringify(Order.encode(order))}\n`),
    messages,
    until,
    close: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
