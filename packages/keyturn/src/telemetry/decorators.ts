import type { EventStore } from '@keyturn/event-store';
import type { AroundBatch } from '@keyturn/projections';
import type { Keyturn as Service } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import { toldId } from '../guardedLog';
import * as loaded from '../parts';
import { DONE, outcomeOf, taskInSpan, type InSpan, type SpanShape } from './spans';

/** Names that OpenTelemetry has for vendors, where they differ from ours. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'aws-bedrock': 'aws.bedrock',
  'azure-openai': 'azure.ai.openai',
  'google-gemini': 'gcp.gemini',
  mistral: 'mistral_ai',
  xai: 'x_ai',
};

/** An append is one call of a database, by the conventions for those. */
export const tracedEventStore = (
  store: EventStore,
  inSpan: InSpan,
  system: 'sqlite' | 'eventstoredb',
): EventStore => ({
  ...store,
  append: (stream, expected, events) =>
    taskInSpan(inSpan, {
      name: 'append keyring',
      kind: loaded.openTelemetry().SpanKind.CLIENT,
      attributes: { 'db.operation.batch.size': events.length },
      measured: { 'db.system.name': system, 'db.operation.name': 'append' },
    })(store.append(stream, expected, events)),
});

const RELEASE: SpanShape = { name: 'release secret', attributes: {}, measured: {} };

/**
 * From the attempt's own event to the end of the function that has the secret. What that function comes to is its
 * caller's: the release was done.
 */
export const tracedVault = (vault: Vault, inSpan: InSpan): Vault => ({
  ...vault,
  open: (gate, use) => () => {
    let handedOver = false;
    return inSpan(
      RELEASE,
      vault.open(gate, (secret) => {
        handedOver = true;
        return use(secret);
      }),
      (result) => (handedOver ? DONE : outcomeOf(result)),
    );
  },
});

/** Nothing of a request's address or headers: some vendors take a key in one of those. */
export const tracedProber = (prober: Prober, inSpan: InSpan): Prober => ({
  ...prober,
  probe: (target, secret, signal) => {
    const probing = prober.probe(target, secret, signal);
    const shape: SpanShape = {
      name: `test call ${target.vendor}`,
      kind: loaded.openTelemetry().SpanKind.CLIENT,
      attributes: {},
      measured: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': PROVIDERS[target.vendor] ?? target.vendor,
      },
    };
    return () =>
      inSpan(shape, probing, ({ verdict, evidence: { status } }) => ({
        attributes: {
          'keyturn.outcome': verdict.kind,
          ...(verdict.kind === 'accepted' ? {} : { 'error.type': verdict.reason }),
          ...(status === null ? {} : { 'http.response.status_code': status }),
        },
        failed: verdict.kind === 'inconclusive',
      }));
  },
});

/** A batch that read models take in. */
export const tracedBatches =
  (inSpan: InSpan): AroundBatch =>
  ({ projections, events }, work) =>
    inSpan(
      {
        name: 'project',
        attributes: { 'keyturn.events': events },
        measured: { 'keyturn.projections': [...projections] },
      },
      work,
      () => DONE,
    );

const workspaceOf = (given: unknown): Readonly<Record<string, string>> =>
  typeof given === 'object' &&
  given !== null &&
  'workspaceId' in given &&
  typeof given.workspaceId === 'string'
    ? { 'keyturn.workspace.id': toldId(given.workspaceId) }
    : {};

const isTask = (value: unknown): value is () => Promise<never> => typeof value === 'function';

/** Every use case that is a task, by its name: a new one needs nothing here. */
export const tracedService = (service: Service, inSpan: InSpan): Service =>
  new Proxy(service, {
    get: (target, name, receiver): unknown => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name === 'symbol') return member;
      return (...given: ReadonlyArray<unknown>): unknown => {
        const made: unknown = Reflect.apply(member, target, given);
        if (!isTask(made)) return made;
        const command = name.charAt(0).toUpperCase() + name.slice(1);
        return taskInSpan(inSpan, {
          name: command,
          attributes: workspaceOf(given[0]),
          measured: { 'keyturn.command': command },
        })(made);
      };
    },
  });
