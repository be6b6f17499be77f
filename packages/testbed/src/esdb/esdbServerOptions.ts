import type { EsdbUser } from './access/users';
import type { ServerVersion } from './version/serverVersion';

export interface EsdbServerOptions {
  /** Port of the first node; any that is free when left out. */
  readonly port?: number;
  /**
   * TLS with a certificate authority of the server's own, and callers who must be users. Without it there is neither
   * encryption nor access control, as with the real server's `--insecure`. Default false.
   */
  readonly tls?: boolean;
  /** Known beside `admin` and `ops`, both with the password `changeit`. For a server with TLS. */
  readonly users?: ReadonlyArray<EsdbUser>;
  /** Directory in which the log is kept; in memory when left out. One server at a time may use it. */
  readonly data?: string;
  /** How many nodes: they share one log, and the first of them leads at the start. Default 1. */
  readonly nodes?: 1 | 3;
  /** Whose answers are given: those of the newest release of a line that was recorded. Default `24.10`. */
  readonly version?: ServerVersion;
  /** Bytes that one append may have; what counts goes by the version. Default 1 MiB, as of a real server. */
  readonly maxAppendBytes?: number;
  /** Bytes that one event of an append may have. No limit when left out; for version `24.10` alone. */
  readonly maxAppendEventBytes?: number;
  /**
   * Milliseconds between a write and its visibility to readers; `Infinity` for never. Default 0. Meanwhile a real
   * server already judges other writes by it: one that conflicts is refused at once, and one that repeats it is dropped
   * without an answer, so that its sender is told of a time-out. The write itself is answered when readers see it, and
   * times out too.
   */
  readonly indexLag?: number;
  /** Milliseconds that a write may take, whatever its sender allows. Default 2000, as of a real server. */
  readonly writeTimeoutMs?: number;
  readonly features?: EsdbFeatures;
}

interface EsdbFeatures {
  /** Whether `BatchAppend` is listed; clients use `Append` else. Default true. */
  readonly batchAppend?: boolean;
  /**
   * Whether subscriptions are told that they fell behind. Default false: real servers up to 26.1 know it, and don't say
   * it.
   */
  readonly fellBehind?: boolean;
}

export type Settings = Required<Omit<EsdbServerOptions, 'data' | 'features'>> &
  Required<EsdbFeatures> & { readonly data: string | null };

export const withDefaults = ({ features, data, ...options }: EsdbServerOptions): Settings => ({
  port: 0,
  tls: false,
  users: [],
  nodes: 1,
  version: '24.10',
  maxAppendBytes: 1024 * 1024,
  maxAppendEventBytes: Infinity,
  indexLag: 0,
  writeTimeoutMs: 2_000,
  ...options,
  data: data ?? null,
  batchAppend: features?.batchAppend ?? true,
  fellBehind: features?.fellBehind ?? false,
});
