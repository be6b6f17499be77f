import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Keyturn } from 'keyturn';
import { command } from '../command';
import {
  anyOf,
  duration,
  oneOf,
  optional,
  readWorkspace,
  text,
  wholeNumber,
  WORKSPACE,
} from '../input/flags';
import { fullPath } from '../input/fullPath';
import { writeHints } from '../output/write';
import { UsageError } from '../problems';
import { HEADER_NAME_RULE, isHeaderName } from '../serve/headerName';
import { planOf, type Asked } from '../serve/plan';
import type { Started } from '../serve/start';
import { untilStopped } from '../serve/untilStopped';
import type { Session } from '../session';
import { meantWords } from './nameWords';

const PORT = '--port <number>';
const FOR = '--for <time>';
const SOCKET_MODE = '--socket-mode <mode>';
const MOST_PORT = 65_535;

const address = (given: unknown): string => {
  if (typeof given === 'string' && isIP(given) !== 0) return given;
  throw new UsageError('--host takes an address of this machine, such as 192.0.2.7 or ::.');
};

const httpsOrigin = (given: unknown): string => {
  if (typeof given === 'string' && URL.canParse(given)) {
    const { origin, protocol } = new URL(given);
    if (origin === given && protocol === 'https:') return given;
  }
  throw new UsageError('--origin takes what browsers see, such as https://keys.example, and nothing more.');
};

const headerName = (given: unknown): string => {
  if (typeof given === 'string' && isHeaderName(given)) return given;
  throw new UsageError(`--identity-header takes ${HEADER_NAME_RULE}.`);
};

/** The files as whole paths. */
const withPaths = (asked: Asked, cwd: string): Asked => {
  const whole = (option: string, given: string | undefined): string | undefined =>
    given === undefined ? undefined : fullPath(option, given, cwd);
  return {
    ...asked,
    socket: whole('--socket', asked.socket),
    tlsCertificate: whole('--tls-certificate', asked.tlsCertificate),
    tlsKey: whole('--tls-key', asked.tlsKey),
    people: whole('--people', asked.people),
    proxySecretFile: whole('--proxy-secret-file', asked.proxySecretFile),
  };
};

/** @throws UsageError for what must not be served, and for what can't */
const started = async ({ settings, io }: Session, asked: Asked): Promise<Started> => {
  // Not for its help, nor for completion: the screens take longer to load than all other commands.
  const { startForLink, startForProxy } = await import('../serve/start.js');
  const plan = planOf(withPaths(asked, io.cwd));
  if (plan.kind === 'link') return startForLink(plan, settings.actor());
  if (settings.namedActor !== null) {
    throw new UsageError('--as (KEYTURN_AS): the file of --people says who acts as whom. Leave it out.');
  }
  return startForProxy(plan);
};

/** A mistyped workspace looks like one that has no key yet. */
const newWorkspaces = async (
  { workspaces }: Keyturn,
  session: Session,
  named: ReadonlyArray<string> = [],
): Promise<ReadonlyArray<string>> => {
  const told: string[] = [];
  for (const workspace of named) {
    const { workspaces: found } = await workspaces.list(session.asReader(workspace));
    if (found.length > 0) continue;
    const nearest = await workspaces.nearest(session.asReaderOfAll(), workspace);
    told.push(`No event names workspace ${workspace}: its first key makes it.${meantWords(nearest)}`);
  }
  return told;
};

export const serve = command({
  details: [
    'For trying out, it listens on 127.0.0.1. The link that it writes is good once: whoever opens it may do',
    'everything, and acts as the actor of this command. For a team, it listens behind the proxy of your identity',
    'provider, which says in a header who sends a request: on a --socket of the proxy, or on a --host with TLS and a',
    'secret of the proxy. It goes on until it is stopped (Ctrl-C). To have it in your own service, mount @keyturn/http',
    '(docs/http.md).',
  ],
  operands: {},
  flags: {
    workspace: anyOf(WORKSPACE, 'show this workspace alone', readWorkspace),
    port: optional(PORT, 'the port; a free one when left out', wholeNumber(PORT, 1, MOST_PORT)),
    host: optional('--host <address>', 'the address, behind a proxy (127.0.0.1)', address),
    socket: optional('--socket <path>', 'a Unix socket in place of address and port', text('--socket')),
    socketMode: optional(
      SOCKET_MODE,
      "who may open the socket: its owner, 0600, or also the owner's group, 0660 (0600)",
      oneOf(SOCKET_MODE, ['0600', '0660']),
    ),
    tlsCertificate: optional(
      '--tls-certificate <file>',
      'PEM: the certificate, then its issuers',
      text('--tls-certificate'),
    ),
    tlsKey: optional('--tls-key <file>', "PEM: the certificate's private key", text('--tls-key')),
    origin: optional('--origin <url>', 'what browsers see, such as https://keys.example', httpsOrigin),
    identityHeader: optional(
      '--identity-header <name>',
      'the header in which the proxy says who it is, such as X-Forwarded-Email',
      headerName,
    ),
    people: optional('--people <file>', 'JSON: who is who, and may do what (docs/http.md)', text('--people')),
    proxySecretFile: optional(
      '--proxy-secret-file <file>',
      'what the proxy sends as Keyturn-Proxy-Secret, in a file that only you can read',
      text('--proxy-secret-file'),
    ),
    for: optional(FOR, 'stop after so long, such as 8h', duration(FOR)),
  },
  examples: [
    'keyturn serve',
    'keyturn serve --workspace acme --as user:ada --for 8h',
    'keyturn serve --socket /run/keyturn/screens --socket-mode 0660 --origin https://keys.example ' +
      '--identity-header X-Forwarded-Email --people /etc/keyturn/people.json',
  ],
  run: async (session, { for: forMs = null, ...asked }) => {
    const { io } = session;
    const { server, doorway, origin, told } = await started(session, asked);
    try {
      const keyturn = await session.keyturn();
      const { keyturnHandler } = await import('@keyturn/http');
      const { before, identify, stepUp } = doorway;
      const handler = keyturnHandler({
        keyturn,
        identify,
        stepUp,
        ...(origin === null ? {} : { origin }),
        csrfSecret: randomBytes(32).toString('base64url'),
        onFault: ({ error }) => {
          void io.stderr.write(`${error instanceof Error ? error.message : 'Something broke.'}\n`);
        },
      });
      server.answerBy(async (request) => before(request) ?? handler(request));
      // Where lists can't be read, the screens say so themselves.
      await writeHints(await newWorkspaces(keyturn, session, asked.workspace).catch(() => []), io);
      await io.stderr.write(told);
      await untilStopped(forMs);
    } finally {
      await server.close();
    }
    return { json: { serve: { stopped: true } }, lines: ['Stopped.'] };
  },
});
