import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { context, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import fc from 'fast-check';
import { anyCalls, playCalls } from '../testSupport/anyCalls';
import { ada, atWork } from '../testSupport/atWork';

const spans = new InMemorySpanExporter();
const measures = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: measures, exportIntervalMillis: 3_600_000 });
const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const metering = new MeterProvider({ readers: [reader] });

beforeAll(() => {
  tracing.register();
  metrics.setGlobalMeterProvider(metering);
});
afterAll(async () => {
  await metering.shutdown();
  await tracing.shutdown();
  for (const api of [trace, metrics, context]) api.disable();
});
beforeEach(() => {
  spans.reset();
  measures.reset();
});

const at = atWork({ made: true });

const spanNamed = (name: string): ReadableSpan => {
  const found = spans.getFinishedSpans().find((span) => span.name === name);
  if (found === undefined) throw new Error(`no span ${name}`);
  return found;
};

const valuesOf = (): ReadonlyMap<string, ReadonlyArray<unknown>> =>
  new Map(
    measures
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics: all }) => all)
      .map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      ]),
  );

describe('with OpenTelemetry set up', () => {
  test('commands, appends, releases, test calls and projections have spans, each in its place', async () => {
    const { open, sandbox } = at();
    const keyturn = await open();
    await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    const traceId = await keyturn.runs.use(
      ada,
      { runId: 'r1' },
      () => trace.getActiveSpan()?.spanContext().traceId,
    );
    await keyturn.keys.list(ada);

    const add = spanNamed('AddKey');
    expect(add).toMatchObject({
      kind: SpanKind.INTERNAL,
      attributes: { 'keyturn.command': 'AddKey', 'keyturn.workspace.id': 'acme', 'keyturn.outcome': 'done' },
      status: { code: SpanStatusCode.UNSET },
    });
    const call = spanNamed('test call anthropic');
    expect(call).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'http.response.status_code': 200,
        'keyturn.outcome': 'accepted',
      },
    });
    const append = spanNamed('append keyring');
    expect(append).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'sqlite', 'db.operation.name': 'append', 'db.operation.batch.size': 2 },
    });
    for (const { parentSpanContext } of [call, append]) {
      expect(parentSpanContext?.spanId).toBe(add.spanContext().spanId);
    }
    const release = spanNamed('release secret');
    expect(release.parentSpanContext?.spanId).toBe(spanNamed('StartRunWithSecret').spanContext().spanId);
    // What the function of a run does is below the release.
    expect(traceId).toBe(release.spanContext().traceId);
    expect(spanNamed('project').attributes).toMatchObject({
      'keyturn.projections': ['key-list', 'run-usage', 'audit-log'],
    });
  });

  test('a refusal is an answer, and a fault an error, by their codes alone', async () => {
    const { open } = at();
    let fails = false;
    const keyturn = await open({
      authorize: () => {
        if (fails) throw new Error('not to be told');
        return false;
      },
    });
    await expect(keyturn.runs.start(ada, { runId: 'r1' })).rejects.toMatchObject({ code: 'not-permitted' });
    expect(spanNamed('StartRun')).toMatchObject({
      attributes: { 'keyturn.outcome': 'refused', 'keyturn.refusal': 'not-permitted' },
      status: { code: SpanStatusCode.UNSET },
    });
    fails = true;
    await keyturn.runs.resume(ada, { runId: 'r1' }).catch(() => undefined);
    const { attributes, status, events } = spanNamed('ResumeRun');
    expect({ attributes, status, events }).toMatchObject({
      attributes: { 'keyturn.outcome': 'failed', 'error.type': 'authorisation-failed' },
      status: { code: SpanStatusCode.ERROR },
      events: [],
    });
  });

  test('durations, lag and what health tells are measured, and no longer once it is closed', async () => {
    const { open, sandbox } = at();
    const keyturn = await open();
    await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    await metering.forceFlush();
    const values = valuesOf();
    for (const name of [
      'keyturn.command.duration',
      'db.client.operation.duration',
      'gen_ai.client.operation.duration',
    ]) {
      expect(values.get(name)?.length).toBeGreaterThan(0);
    }
    // Nothing has projected yet.
    expect(values.get('keyturn.projection.lag')).toEqual(
      ['key-list', 'run-usage', 'audit-log'].map((name) => ({
        attributes: { 'keyturn.projection': name },
        value: expect.any(Number),
      })),
    );
    expect(values.get('keyturn.failing')).toMatchObject([{ value: 0 }]);
    await keyturn.keys.list(ada);
    measures.reset();
    await metering.forceFlush();
    expect(valuesOf().get('keyturn.projection.lag')).toMatchObject([
      { value: 0 },
      { value: 0 },
      { value: 0 },
    ]);
    await keyturn.close();
    measures.reset();
    await metering.forceFlush();
    expect(valuesOf().get('keyturn.projection.lag') ?? []).toEqual([]);
  });

  test('telemetry: false tells nothing', async () => {
    const keyturn = await at().open({ telemetry: false });
    await keyturn.keys.list(ada);
    await keyturn.runs.start(ada, { runId: 'r1' }).catch(() => undefined);
    expect(spans.getFinishedSpans()).toEqual([]);
  });

  test('no attribute of a span or a metric tells of a key, wherever it was pasted', async () => {
    const { open, sandbox } = at();
    await fc.assert(
      fc.asyncProperty(anyCalls, async (calls) => {
        const search = await playCalls(calls, sandbox, open);
        await metering.forceFlush();
        for (const { name, attributes, events, links, status } of spans.getFinishedSpans()) {
          const told = JSON.stringify({ name, attributes, events, links, status });
          expect(search.inText(name, told)).toEqual([]);
        }
        const told = JSON.stringify([...valuesOf()]);
        expect(search.inText('metrics', told)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    expect(spans.getFinishedSpans().length).toBeGreaterThan(25);
  });
});
