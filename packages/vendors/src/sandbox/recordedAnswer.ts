/**
 * One answer as a vendor gives it. `{key}`, `{masked}`, `{model}` and `{id}` in body and header values stand for the
 * key, the key as the vendor masks it when it repeats it, the model that was asked for, and a fresh id.
 */
export interface RecordedAnswer {
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it says about the key: the test of a vendor's table expects just this. */
  readonly means:
    | 'accepted'
    | 'throttled'
    | 'unfunded'
    | 'restricted'
    | 'rejected'
    | 'leaked'
    | 'misdirected'
    | 'overloaded'
    | 'vendor-error'
    | 'unrecognised-answer';
  /** The vendor's code that is kept of it. */
  readonly code: string | null;
}
