import type { EsdbUser } from './access/users';

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
  /** Bytes that one append may have. Default 1 MiB, as of a real server. */
  readonly maxAppendBytes?: number;
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
  maxAppendBytes: 1024 * 1024,
  ...options,
  data: data ?? null,
  batchAppend: features?.batchAppend ?? true,
  fellBehind: features?.fellBehind ?? false,
});
