/** How long a check may go on if it finds nothing, and what makes its run repeatable. */
export interface Budget {
  /** Starts no new round after this time, milliseconds since 1970. A check does one round in any case. */
  readonly until: number;
  /** Seed of everything that is generated. */
  readonly seed: number;
  /** Called after each round with what people want to see while they wait. */
  readonly progress: (figures: Figures) => void;
  /** How many honest commands are played to see that none raises an alarm; the check's own share when left out. */
  readonly commands?: number;
}

/** What was counted, by name: "kills", "bytes searched". */
export type Figures = Readonly<Record<string, number>>;

/** What a check found. A violation is a sentence that says what was promised and what was seen; never a secret. */
export interface Findings {
  readonly figures: Figures;
  readonly violations: ReadonlyArray<string>;
  /** Why nothing was checked, as a sentence; undefined when something was. */
  readonly leftOut?: string;
}

/** A promise that customers can't see for themselves, put to the test on the real parts. */
export interface TrustCheck {
  /** One word or two, for `--only`. */
  readonly name: string;
  /** The promise, in the seed's words where it has them. */
  readonly promise: string;
  readonly run: (budget: Budget) => Promise<Findings>;
  /** What the check has to find out: else nobody knows that it can fail. */
  readonly faulty: ReadonlyArray<FaultyPart>;
}

/** A part that breaks a promise of its own, put through a port of the product. */
export interface FaultyPart {
  /** "A vault that does not freeze". */
  readonly name: string;
  /** What the check has to say of it. */
  readonly seen: RegExp;
  /** Runs the check over it. */
  readonly run: TrustCheck['run'];
}
