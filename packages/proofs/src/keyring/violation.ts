/** Which invariant is broken, and how. The numbers are those of the domain's list. */
export interface Violation {
  readonly invariant: number;
  readonly what: string;
}
