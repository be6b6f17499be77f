import type { BatchObservableCallback, Histogram, MetricOptions } from '@opentelemetry/api';
import type { EventStore } from '@keyturn/event-store';
import type { AroundBatch } from '@keyturn/projections';
import type { Keyturn as Service } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import type { Health } from '../health';
import * as loaded from '../parts';
import { tracedBatches, tracedEventStore, tracedProber, tracedService, tracedVault } from './decorators';
import { makeInSpan, type InSpan } from './spans';

/** Parts with what tells OpenTelemetry of them. */
export interface Telemetry {
  readonly eventStore: (store: EventStore) => EventStore;
  readonly vault: (vault: Vault) => Vault;
  readonly prober: (prober: Prober) => Prober;
  readonly service: (service: Service) => Service;
  readonly aroundBatch: AroundBatch | undefined;
  /** Tells of what `health` says each time that metrics are collected. Gives what ends that. */
  readonly observe: (health: () => Promise<Health>) => () => void;
}

const same = <A>(part: A): A => part;

/** Where nobody is told. */
export const NO_TELEMETRY: Telemetry = {
  eventStore: same,
  vault: same,
  prober: same,
  service: same,
  aroundBatch: undefined,
  observe: () => () => undefined,
};

const SCOPE = 'keyturn';
/** Seconds, as the conventions for database calls have them. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** By what is set up for this process when a Keyturn is opened; nothing is told where nothing is. */
export const makeTelemetry = (system: 'sqlite' | 'eventstoredb'): Telemetry => {
  const { metrics, trace } = loaded.openTelemetry();
  const tracer = trace.getTracer(SCOPE);
  const meter = metrics.getMeter(SCOPE);
  const seconds = (name: string, description: string): InSpan => {
    const options: MetricOptions = { unit: 's', description, advice: { explicitBucketBoundaries: BUCKETS } };
    const histogram: Histogram = meter.createHistogram(name, options);
    return makeInSpan(tracer, histogram);
  };
  const commands = seconds('keyturn.command.duration', 'How long commands and queries take.');
  const appends = seconds('db.client.operation.duration', 'How long appends to the event store take.');
  const releases = seconds('keyturn.release.duration', 'How long secrets are asked for and used.');
  const testCalls = seconds('gen_ai.client.operation.duration', 'How long test calls take.');
  const batches = seconds('keyturn.projection.duration', 'How long read models take for a batch of events.');

  const gauge = (name: string, description: string) => meter.createObservableGauge(name, { description });
  const gauges = {
    failing: gauge('keyturn.failing', '1 while event store or vault can not be reached, else 0.'),
    lag: gauge('keyturn.projection.lag', "How far a read model is behind, in the store's own measure."),
    stopped: gauge('keyturn.projection.stopped_workspaces', 'Workspaces whose log is damaged.'),
    pending: gauge('keyturn.sweep.pending', 'What the last sweep could not repair.'),
    overdue: gauge('keyturn.runs.overdue', 'Runs whose lease was over at the last sweep.'),
    unconfirmed: gauge('keyturn.destructions.unconfirmed', 'Deleted keys whose secret is not proven gone.'),
    inUse: gauge('keyturn.secrets.in_use', 'Functions that hold a secret.'),
  };

  const observe: Telemetry['observe'] = (health) => {
    const tell: BatchObservableCallback = async (observed) => {
      const { status, projections, housekeeping, secretsInUse } = await health();
      observed.observe(gauges.failing, status === 'failing' ? 1 : 0);
      observed.observe(gauges.inUse, secretsInUse);
      for (const { name, lag, stopped } of projections) {
        const of = { 'keyturn.projection': name };
        observed.observe(gauges.lag, Number(lag), of);
        observed.observe(gauges.stopped, stopped.length, of);
      }
      if (housekeeping === null) return;
      observed.observe(gauges.pending, housekeeping.pending);
      observed.observe(gauges.overdue, housekeeping.overdueRuns);
      observed.observe(gauges.unconfirmed, housekeeping.unconfirmedDestructions);
    };
    const all = Object.values(gauges);
    meter.addBatchObservableCallback(tell, all);
    return () => meter.removeBatchObservableCallback(tell, all);
  };

  return {
    eventStore: (store) => tracedEventStore(store, appends, system),
    vault: (vault) => tracedVault(vault, releases),
    prober: (prober) => tracedProber(prober, testCalls),
    service: (service) => tracedService(service, commands),
    aroundBatch: tracedBatches(batches),
    observe,
  };
};
