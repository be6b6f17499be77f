import { UsageError } from '../problems';

/** No other address without TLS: what passes could be read, and whoever can reach it could send what they like. */
export const HERE = '127.0.0.1';
const LOOPBACK: ReadonlyArray<string> = [HERE, '::1'];

/** Where a server listens. */
export type Place =
  | { readonly kind: 'port'; readonly host: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string; readonly mode: number };

/** What was asked for, as its options were read. */
export interface Asked {
  readonly workspace: ReadonlyArray<string> | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly socket: string | undefined;
  readonly socketMode: '0600' | '0660' | undefined;
  readonly tlsCertificate: string | undefined;
  readonly tlsKey: string | undefined;
  readonly origin: string | undefined;
  readonly identityHeader: string | undefined;
  readonly people: string | undefined;
  readonly proxySecretFile: string | undefined;
}

/** For whoever has the link, on this machine. */
export interface LinkPlan {
  readonly kind: 'link';
  readonly port: number;
  readonly workspaces: ReadonlyArray<string> | 'all';
}

/** For those whom an identity provider's proxy names. */
export interface ProxyPlan {
  readonly kind: 'proxy';
  readonly place: Place;
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** Which browsers see. */
  readonly origin: string;
  readonly identityHeader: string;
  readonly people: string;
  readonly proxySecretFile: string | null;
}

const listed = (names: ReadonlyArray<string>): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const portPlace = (asked: Asked): Place => {
  const { host = HERE, port = 0, socketMode, tlsCertificate, proxySecretFile } = asked;
  if (socketMode !== undefined) throw new UsageError('--socket-mode goes with --socket. Leave it out.');
  if (proxySecretFile === undefined) {
    throw new UsageError(
      '--proxy-secret-file is missing: whoever reaches the port can send a header. ' +
        'Name a file with a secret that the proxy sends along, or let the proxy in by --socket.',
    );
  }
  if (!LOOPBACK.includes(host) && tlsCertificate === undefined) {
    throw new UsageError(
      `--host ${host} takes TLS: name --tls-certificate and --tls-key, so that nobody in between reads a key. ` +
        `Without TLS it listens on ${listed(LOOPBACK)}, or on a --socket.`,
    );
  }
  return { kind: 'port', host, port };
};

const socketPlace = (path: string, { host, port, tlsCertificate, socketMode = '0600' }: Asked): Place => {
  if (host !== undefined || port !== undefined) {
    throw new UsageError('--socket takes the place of --host and --port. Leave them out.');
  }
  if (tlsCertificate !== undefined) {
    throw new UsageError('--socket crosses no network: leave out --tls-certificate and --tls-key.');
  }
  return { kind: 'socket', path, mode: parseInt(socketMode, 8) };
};

/**
 * What a server may be, of what was asked for. Behind nobody's proxy it is for this machine alone.
 *
 * @throws UsageError that says what is missing, or too much
 */
export const planOf = (asked: Asked): LinkPlan | ProxyPlan => {
  const { workspace, port = 0, ...ofProxy } = asked;
  if (Object.values(ofProxy).every((given) => given === undefined)) {
    return { kind: 'link', port, workspaces: workspace ?? 'all' };
  }
  const { identityHeader, people, origin, tlsCertificate, tlsKey, proxySecretFile, socket } = asked;
  if (identityHeader === undefined || people === undefined || origin === undefined) {
    const missing = Object.entries({
      '--identity-header': identityHeader,
      '--people': people,
      '--origin': origin,
    }).flatMap(([name, given]) => (given === undefined ? [name] : []));
    throw new UsageError(
      `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing. Elsewhere than by its link on ${HERE} ` +
        "the screens are served behind your identity provider's proxy alone (docs/http.md).",
    );
  }
  if (workspace !== undefined) {
    throw new UsageError('--workspace: the file of --people says who has which workspaces. Leave it out.');
  }
  if ((tlsCertificate === undefined) !== (tlsKey === undefined)) {
    throw new UsageError('--tls-certificate and --tls-key go together. Name both.');
  }
  return {
    kind: 'proxy',
    place: socket === undefined ? portPlace(asked) : socketPlace(socket, asked),
    tls:
      tlsCertificate === undefined || tlsKey === undefined
        ? null
        : { certificate: tlsCertificate, key: tlsKey },
    origin,
    identityHeader,
    people,
    proxySecretFile: proxySecretFile ?? null,
  };
};
