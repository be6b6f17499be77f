/** Where a command writes. */
export interface Output {
  /** Gives false where nobody reads any more: a reader that has gone, such as `head`, is no error. */
  readonly write: (text: string) => Promise<boolean>;
  /** The same place for a command of `--exec`. */
  readonly fd: number;
  readonly isTTY: boolean;
  /** How wide a terminal is. */
  readonly columns?: number | undefined;
}

/** What a command has of the process that it runs in, or of whoever stands in for one. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  /** Relative paths begin here. */
  readonly cwd: string;
  /** For commands of `--exec`; Keyturn's own files are for their owner alone. */
  readonly umask: number;
  /** The file descriptor that a paste is read from. */
  readonly stdin: number;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks a person without showing the answer; null where there is none to ask. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Asks a person for a yes, with the answer shown; null where there is none to ask. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  /** Asks a person for a line, with the answer shown; null from a closed terminal. Null, or left out, without one. */
  readonly askLine?: ((question: string) => Promise<string | null>) | null;
  /** Called when nothing more will be asked: from then on what is typed may be shown. */
  readonly doneAsking?: () => void;
  /** Called before a command does anything, and not for help. What it throws is told, and nothing is done. */
  readonly beforeCommand?: () => void;
}
