import type { Caller } from 'keyturn';
import { codeOf } from '../errorCode';
import { UsageError } from '../problems';
import { behindProxy } from './behindProxy';
import type { Doorway } from './doorway';
import { makeEntrance } from './entrance';
import { SECRET_HEADER } from './headerName';
import { listenAt, type Listening } from './listen';
import { readPeople } from './people';
import { HERE, type LinkPlan, type ProxyPlan } from './plan';
import { readProxySecret } from './proxySecret';
import { makeRoomForSocket } from './socketFile';
import { readTls } from './tls';

/** A server that listens, and nobody answers yet. */
export interface Started {
  readonly server: Listening;
  readonly doorway: Doorway;
  /** Null for that of the request. */
  readonly origin: string | null;
  /** What to tell whoever started it. */
  readonly told: string;
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'you may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
};

/** @throws UsageError for a place that can't be had */
const listening = async (option: string, options: Parameters<typeof listenAt>[0]): Promise<Listening> => {
  try {
    return await listenAt(options);
  } catch (error) {
    const why = WHY[codeOf(error)];
    throw why === undefined ? error : new UsageError(`${option}: ${why}.`);
  }
};

/** For whoever opens the link, as this actor. @throws UsageError for a port that somebody else has */
export const startForLink = async ({ port, workspaces }: LinkPlan, actor: Caller): Promise<Started> => {
  const server = await listening(`--port ${port}`, { place: { kind: 'port', host: HERE, port } });
  const entrance = makeEntrance(server.port, { actor, workspaces, permissions: 'all' });
  return {
    server,
    doorway: entrance,
    origin: null,
    told:
      `Open this link, once, as ${actor.kind}:${actor.id}. Stop with Ctrl-C.\n` +
      `${server.address}${entrance.path}\n`,
  };
};

/** For those whom the proxy names. @throws UsageError for a file that can't be used, or a place that can't be had */
export const startForProxy = async (plan: ProxyPlan): Promise<Started> => {
  const { place, origin, identityHeader, proxySecretFile } = plan;
  const people = readPeople('--people', plan.people);
  const proxySecret =
    proxySecretFile === null ? null : await readProxySecret('--proxy-secret-file', proxySecretFile);
  const tls = plan.tls === null ? null : await readTls(plan.tls);
  if (place.kind === 'socket') await makeRoomForSocket(place.path);
  const server = await listening(
    place.kind === 'socket' ? '--socket' : `--host ${place.host}, port ${place.port}`,
    {
      place,
      tls,
      host: new URL(origin).host,
    },
  );
  const count = people.byIdentity.size;
  return {
    server,
    doorway: behindProxy({ identityHeader, people, proxySecret }),
    origin,
    told:
      `Listening on ${server.address} for ${origin}. ${count === 1 ? '1 person' : `${count} people`} may come in, ` +
      `as ${identityHeader} names them${proxySecret === null ? '' : ` with ${SECRET_HEADER}`}. Stop with Ctrl-C.\n`,
  };
};
