import { readdirSync, readFileSync } from 'node:fs';

/** Something that any process of the same user can read of a running one. */
export interface ProcessFact {
  readonly place: string;
  readonly content: Buffer;
  /** Of the process itself, or of one that it started. */
  readonly of: 'process' | 'child';
  /** Whether it lists what stands on a command line, in an environment, or is a name. */
  readonly kind: 'command line' | 'environment' | 'name';
}

/** What was seen so far, and the end of looking. */
interface ProcessWatch {
  readonly look: () => ReadonlyArray<ProcessFact>;
  readonly stop: () => ReadonlyArray<ProcessFact>;
}

const EVERY_MS = 4;

const read = (path: string): Buffer | null => {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
};

const childrenOf = (pid: number): ReadonlyArray<number> => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      String(read(`/proc/${pid}/task/${task}/children`) ?? '')
        .split(' ')
        .flatMap((child) => (child === '' ? [] : [Number(child)])),
    );
  } catch {
    return [];
  }
};

const FACTS = [
  ['cmdline', 'command line'],
  ['environ', 'environment'],
  ['comm', 'name'],
] as const;

/**
 * Reads command line, environment and name of a process and of all that it starts, again and again until told to stop;
 * each content once. A process that ends between two looks is not seen: what matters lasts for longer.
 */
export const watchProcess = (pid: number): ProcessWatch => {
  const seen = new Map<string, ProcessFact>();
  const lookAt = (at: number, of: ProcessFact['of']): void => {
    for (const [file, kind] of FACTS) {
      const content = read(`/proc/${at}/${file}`);
      if (content === null) continue;
      const place = `the ${kind} of ${of === 'process' ? 'keyturn' : 'a process that it started'}`;
      seen.set(`${of} ${kind} ${content.toString('latin1')}`, { place, content, of, kind });
    }
    for (const child of childrenOf(at)) lookAt(child, 'child');
  };
  const look = (): ReadonlyArray<ProcessFact> => {
    lookAt(pid, 'process');
    return [...seen.values()];
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    look,
    stop: () => {
      clearInterval(timer);
      return [...seen.values()];
    },
  };
};
