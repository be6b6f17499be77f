import { randomBytes } from 'node:crypto';
import { command } from '../command';
import { codeOf } from '../errorCode';
import { anyOf, duration, optional, readWorkspace, wholeNumber, WORKSPACE } from '../input/flags';
import { UsageError } from '../problems';
import { makeEntrance } from '../serve/entrance';
import { listenHere, type Listening } from '../serve/listen';
import { untilStopped } from '../serve/untilStopped';

const PORT = '--port <number>';
const FOR = '--for <time>';
const MOST_PORT = 65_535;

/** @throws UsageError for a port that somebody else has */
const listening = async (port: number): Promise<Listening> => {
  try {
    return await listenHere(port);
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw new UsageError(`--port: another program listens on ${port}.`);
    if (codeOf(error) === 'EACCES') throw new UsageError(`--port: you may not listen on ${port}.`);
    throw error;
  }
};

export const serve = command({
  details: [
    'For trying out, and for small teams. It listens on 127.0.0.1 alone. The link that it writes is good once: whoever',
    'opens it may do everything, and acts as the actor of this command. It goes on until it is stopped (Ctrl-C). For',
    'more than that mount the handler of @keyturn/http under your own login (docs/http.md).',
  ],
  operands: {},
  flags: {
    workspace: anyOf(WORKSPACE, 'show this workspace alone', readWorkspace),
    port: optional(PORT, 'the port; a free one when left out', wholeNumber(PORT, 1, MOST_PORT)),
    for: optional(FOR, 'stop after so long, such as 8h', duration(FOR)),
  },
  examples: ['keyturn serve', 'keyturn serve --workspace acme --as user:ada --for 8h'],
  run: async (session, { workspace, port = 0, for: forMs = null }) => {
    const { io, settings } = session;
    const actor = settings.actor();
    const keyturn = await session.keyturn();
    const { keyturnHandler } = await import('@keyturn/http');
    const server = await listening(port);
    try {
      const entrance = makeEntrance(server.port, {
        actor,
        workspaces: workspace ?? 'all',
        permissions: 'all',
      });
      const handler = keyturnHandler({
        keyturn,
        identify: entrance.identify,
        // Whoever has the link has the master key: there is nothing to ask for beyond that.
        stepUp: () => true,
        csrfSecret: randomBytes(32).toString('base64url'),
        onFault: ({ error }) => {
          io.stderr.stream.write(`${error instanceof Error ? error.message : 'Something broke.'}\n`);
        },
      });
      server.answerBy(async (request) => entrance.enter(request) ?? handler(request));
      io.stderr.stream.write(
        `Open this link, once, as ${actor.kind}:${actor.id}. Stop with Ctrl-C.\n${server.url}${entrance.path}\n`,
      );
      await untilStopped(forMs);
    } finally {
      await server.close();
    }
    return { json: { serve: { stopped: true } }, lines: ['Stopped.'] };
  },
});
