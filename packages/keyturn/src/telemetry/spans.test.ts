import { afterEach, expect, test } from '@jest/globals';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { DONE, makeInSpan } from './spans';

const failing: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => {
    throw new Error('the exporter is broken');
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

const tracing = new NodeTracerProvider({ spanProcessors: [failing] });
const metering = new MeterProvider();
afterEach(async () => {
  await tracing.shutdown();
  await metering.shutdown();
});

test('what was done stays done where nobody can be told of it', async () => {
  const inSpan = makeInSpan(tracing.getTracer('keyturn'), metering.getMeter('keyturn').createHistogram('s'));
  const shape = { name: 'AddKey', attributes: {}, measured: {} };
  await expect(
    inSpan(
      shape,
      () => Promise.resolve('added'),
      () => DONE,
    ),
  ).resolves.toBe('added');
  const refused = new Error('refused');
  await expect(
    inSpan(
      shape,
      () => Promise.reject(refused),
      () => DONE,
    ),
  ).rejects.toBe(refused);
});
