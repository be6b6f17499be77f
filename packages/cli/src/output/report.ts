/** A table, drawn when it is known how wide it may get. */
export interface TableLine {
  readonly headings: ReadonlyArray<string>;
  readonly rows: ReadonlyArray<ReadonlyArray<string>>;
}

/** A line for people; a heading is bold where there are colours. */
export type Line = string | { readonly heading: string } | TableLine;

/** What a command has to say. */
export interface Report {
  /** The one document of `--json`. */
  readonly json: object;
  /** For people, on standard output. */
  readonly lines: ReadonlyArray<Line>;
  /** What to do next, on standard error. */
  readonly hints?: ReadonlyArray<string>;
  /** The same, behind the lines. */
  readonly below?: ReadonlyArray<string>;
  /** 0 when left out. */
  readonly exitStatus?: number;
  /** The lines go to standard error: standard output is a command's of `--exec`. */
  readonly linesToStderr?: boolean;
}

/** Lines that are written as they come, however many they are. */
export interface StreamedReport {
  readonly streamed: AsyncIterable<string>;
  /** On standard error, before them. */
  readonly hints?: ReadonlyArray<string>;
  /** On standard error, when they have been written. */
  readonly below?: () => ReadonlyArray<string>;
  readonly exitStatus?: number;
}
