import * as E from 'fp-ts/Either';
import { endpointKind, endpointWanted, readEndpoint } from './customersEndpoint';
import type { ProbeTarget } from './probe';
import type { TargetProblem } from './targetProblem';
import type { CalledTable } from './vendorTable';

/** Where a test call goes. */
export interface Destination {
  readonly url: URL;
  /** False only on an operator's word: then the address that the name resolves to is not asked about. */
  readonly publicOnly: boolean;
  /** The host is one that came with the key, and not the table's or the operator's. */
  readonly isCustomers: boolean;
}

const hostOf = ({ regions }: CalledTable, region: string): string | null =>
  Object.hasOwn(regions, region) ? (regions[region] ?? null) : null;

const regionWanted = ({ url, displayName, regions }: CalledTable): string => {
  if (url.includes('{region}')) {
    return `a region of ${displayName}, of 1 to 63 of the characters a-z 0-9 -, such as us-east-1`;
  }
  const known = Object.keys(regions);
  return known.length === 0
    ? `left out: ${displayName} keys have no region`
    : `${known.join(' or ')} for a key of ${displayName}, or left out`;
};

/** As vendors and gateways name models, and customers their deployments. */
const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,127}$/;

const modelProblem = (table: CalledTable, { model = null }: ProbeTarget): TargetProblem | null => {
  if (table.models.length > 0) {
    return model === null
      ? null
      : {
          field: 'model',
          problem: `left out: test calls of ${table.displayName} keys ask for one of its own`,
        };
  }
  if (model !== null && MODEL.test(model)) return null;
  return {
    field: 'model',
    problem:
      `the model, or deployment, that a key of ${table.displayName} is for: ` +
      '1 to 128 of the characters A-Z a-z 0-9 . _ : @ / + -',
  };
};

const NO_HOSTS: ReadonlySet<string> = new Set();

/** A label of a host name, as a region must be: nothing that could end the host or begin a path. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Builds the address of the test call.
 *
 * @param allowedHosts hosts of endpoints that may be inside a private network, on the operator's word
 * @param override an origin the operator vouches for; it takes the place of scheme, host and port
 * @returns on the left what is wrong with the target's endpoint, region or model
 */
export const destinationOf = (
  table: CalledTable,
  target: ProbeTarget,
  model: string,
  override: URL | undefined,
  allowedHosts: ReadonlySet<string> = NO_HOSTS,
): E.Either<TargetProblem, Destination> => {
  const kind = endpointKind(table);
  const wantsRegion = table.url.includes('{region}');
  const host = target.region === null ? null : hostOf(table, target.region);
  const regionProblem = wantsRegion
    ? target.region === null || !LABEL.test(target.region)
    : target.region !== null && host === null;
  if (regionProblem) return E.left({ field: 'region', problem: regionWanted(table) });
  const endpoint = kind === null ? null : readEndpoint(kind, target.endpoint ?? '', allowedHosts);
  if (kind === null ? target.endpoint !== null : endpoint === null) {
    return E.left({ field: 'endpoint', problem: endpointWanted(table) });
  }
  const wrongModel = modelProblem(table, target);
  if (wrongModel !== null) return E.left(wrongModel);
  const template = table.url
    .replace('{region}', target.region ?? '')
    .replace('{model}', encodeURIComponent(model));
  if (endpoint === null) {
    const url = new URL(template);
    if (host !== null) url.hostname = host;
    return E.right(redirected({ url, publicOnly: true, isCustomers: false }, override));
  }
  const url = new URL(template.replace(/^\{[a-zA-Z]+\}/, () => endpoint));
  const publicOnly = !allowedHosts.has(url.hostname);
  return E.right(redirected({ url, publicOnly, isCustomers: true }, override));
};

const redirected = (own: Destination, override: URL | undefined): Destination =>
  override === undefined
    ? own
    : { url: new URL(own.url.pathname, override), publicOnly: false, isCustomers: false };
