/** How much is kept: whoever is refused all day long fills no disk, and hides nobody else's attempts. */
export interface RefusalLimits {
  /** Lines of one actor in one workspace, in an hour. */
  readonly linesOfActorInWorkspace: number;
  /** Lines of one actor in all workspaces, in an hour. */
  readonly linesOfActor: number;
  /** Lines of everybody, in an hour. */
  readonly linesInHour: number;
  /** Lines in all; the oldest go first. */
  readonly lines: number;
  /** How long lines are kept. */
  readonly keptForMs: number;
}

const DAY_MS = 86_400_000;

/** A year of history is reviewed, and a month is left for finding out. */
export const USUAL_LIMITS: RefusalLimits = {
  linesOfActorInWorkspace: 100,
  linesOfActor: 500,
  linesInHour: 20_000,
  lines: 1_000_000,
  keptForMs: 400 * DAY_MS,
};
