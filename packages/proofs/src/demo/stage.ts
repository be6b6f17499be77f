import type { Ended, Terminal } from './terminal';

/** A step showed something else than the seed promises. */
export class PromiseBroken extends Error {
  constructor(promise: string, seen: string) {
    super(`Expected: ${promise}\nSeen:\n${seen}`);
    this.name = 'PromiseBroken';
  }
}

/** Stops the story unless what was promised is so. */
export const promised = (promise: string, holds: boolean, seen: string): void => {
  if (!holds) throw new PromiseBroken(promise, seen);
};

/** Stops the story unless the command ended with this status and printed each of these. */
export const promisedOutput = (ended: Ended, status: number, ...shown: ReadonlyArray<string>): void => {
  const seen = `${ended.stdout}${ended.stderr}`;
  promised(`exit status ${status}`, ended.status === status, `exit status ${ended.status}\n${seen}`);
  for (const text of shown) promised(`"${text}" is shown`, seen.includes(text), seen);
};

interface ListedKey {
  readonly keyId: string;
  readonly last4: string;
  readonly display: string;
}

/** The masked key list, as a program reads it. */
export const listedKeys = async (
  terminal: Terminal,
  workspace: string,
): Promise<ReadonlyArray<ListedKey>> => {
  const answer = await terminal.ask(['keys', 'list', '--workspace', workspace]);
  const keys: unknown = Object.entries(answer ?? {}).find(([name]) => name === 'keys')?.[1];
  if (!Array.isArray(keys)) throw new PromiseBroken('a list of keys', JSON.stringify(answer));
  return keys.map((key: unknown) => {
    const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(key ?? {}));
    return {
      keyId: String(fields['keyId']),
      last4: String(fields['last4']),
      display: String(fields['display']),
    };
  });
};

/** Stops the story unless the list shows exactly these lines, in any order. */
export const promisedList = async (
  terminal: Terminal,
  workspace: string,
  lines: ReadonlyArray<string>,
): Promise<void> => {
  const displays = (await listedKeys(terminal, workspace)).map(({ display }) => display).sort();
  promised(
    `the list shows ${lines.join(', ') || 'nothing'}`,
    JSON.stringify(displays) === JSON.stringify([...lines].sort()),
    displays.join('\n'),
  );
};
