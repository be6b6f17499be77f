/** What is wrong with where a key is to be used. */
export interface TargetProblem {
  readonly field: 'endpoint' | 'region' | 'model';
  /** What it has to be, such as `one of eu, us`. */
  readonly problem: string;
}
