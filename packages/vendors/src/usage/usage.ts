import type { UsageFormatName } from './usageFormat';

/** What a vendor counted from one time to another. Times are milliseconds since 1970, `end` is the first after it. */
export interface UsageBucket {
  readonly start: number;
  readonly end: number;
  /** Null where the vendor counts none, or left them out of a part of the bucket. */
  readonly requests: number | null;
  /** Of input and output together, cached ones included; null as for `requests`. */
  readonly tokens: number | null;
}

/** Usage of a key as its vendor tells it. Each row of the input is counted in one of the three numbers. */
export interface Usage {
  readonly format: UsageFormatName | 'csv';
  /** By time. None begins before another ends; rows of the same times are one bucket. */
  readonly buckets: ReadonlyArray<UsageBucket>;
  /** Rows that the buckets are made of, and that name the key, or where no key was asked for. */
  readonly rows: number;
  /** Rows in the buckets that name no key: they may be of other keys, too. */
  readonly rowsWithoutKey: number;
  /** Rows of other keys: they are in no bucket. */
  readonly rowsOfOtherKeys: number;
  /** The vendor has more pages than these: what they say is not here. */
  readonly morePages: boolean;
}

/** Why an input is no usage. Nothing of it is repeated: it may be a file with secrets that was taken by mistake. */
export interface UsageProblem {
  /** Where it is, such as `line 3` or `data[2].usage.requests`; null for all of it. */
  readonly at: string | null;
  /** What it has to be, such as `a whole number, 0 or more`. */
  readonly problem: string;
}
