import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as E from 'fp-ts/Either';
import { Order, Told } from './orders';

/** Built: a process of its own runs no TypeScript. */
const PROGRAM = join(__dirname, '..', '..', '..', 'dist', 'trust', 'shredding', 'openerProcess.js');

/** A process that opens keys of runs, with handles that stay open. */
export interface Opener {
  readonly order: (order: Order) => void;
  /** Everything told so far. */
  readonly told: ReadonlyArray<Told>;
  /** Waits until something has been told. @throws when the process ends before */
  readonly until: (has: (told: ReadonlyArray<Told>) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a process on a data directory and waits until its handles are open. */
export const startOpener = async (events: string, vault: string, masterKey: string): Promise<Opener> => {
  const child = spawn(process.execPath, [PROGRAM, events, vault, masterKey], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = (): void => waiting.forEach((look) => look());
  const closed = once(child, 'close').then(() => {
    ended = true;
    wake();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = Told.decode(JSON.parse(line));
    if (E.isRight(said)) told.push(said.right);
    wake();
  });
  const until: Opener['until'] = (has) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const there = has(told);
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
    told,
    until,
    close: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
