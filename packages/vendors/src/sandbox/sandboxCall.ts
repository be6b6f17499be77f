/** One call that reached a vendor's path. */
export interface SandboxCall {
  readonly vendor: string;
  readonly key: string;
  readonly model: string | null;
  /** What the call asked for at most: a test call asks for the least that the vendor takes. */
  readonly maxTokens: number | null;
}
