import type { Attributes, Histogram, SpanKind, Tracer } from '@opentelemetry/api';
import { isLeft, type Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { performance } from 'node:perf_hooks';
import * as loaded from '../parts';

/** What a span is called, and what is known when it begins. The metric has those that are few and of few values. */
export interface SpanShape {
  readonly name: string;
  readonly kind?: SpanKind;
  readonly attributes: Attributes;
  readonly measured: Attributes;
}

/** What a piece of work came to: attributes, and whether something is broken. */
export interface Outcome {
  readonly attributes: Attributes;
  readonly failed: boolean;
}

export const DONE: Outcome = { attributes: { 'keyturn.outcome': 'done' }, failed: false };

const codeOf = (left: unknown): string | null =>
  typeof left === 'object' && left !== null && 'code' in left && typeof left.code === 'string'
    ? left.code
    : null;

/** By its code alone: a message may hold what its caller gave. A refusal is an answer, and no error. */
export const outcomeOf = (result: Either<unknown, unknown>): Outcome => {
  if (!isLeft(result)) return DONE;
  const { left } = result;
  const code = codeOf(left);
  if (code !== null && !(left instanceof Error)) {
    return { attributes: { 'keyturn.outcome': 'refused', 'keyturn.refusal': code }, failed: false };
  }
  return { attributes: { 'keyturn.outcome': 'failed', 'error.type': code ?? '_OTHER' }, failed: true };
};

/** Runs work in a span that is the active one meanwhile, and measures how long it takes. */
export type InSpan = <A>(
  shape: SpanShape,
  work: () => Promise<A>,
  outcome: (result: A) => Outcome,
) => Promise<A>;

export const makeInSpan = (tracer: Tracer, duration: Histogram): InSpan => {
  const { SpanKind: kinds, SpanStatusCode } = loaded.openTelemetry();
  return ({ name, kind = kinds.INTERNAL, attributes, measured }, work, outcome) =>
    tracer.startActiveSpan(name, { kind, attributes: { ...attributes, ...measured } }, async (span) => {
      const began = performance.now();
      let came: Outcome = {
        attributes: { 'keyturn.outcome': 'failed', 'error.type': '_OTHER' },
        failed: true,
      };
      try {
        const result = await work();
        came = outcome(result);
        return result;
      } finally {
        try {
          duration.record((performance.now() - began) / 1_000, { ...measured, ...came.attributes });
          span.setAttributes(came.attributes);
          if (came.failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        } catch {
          // What was done is done, whoever can't be told of it.
        }
      }
    });
};

/** The same for a task. */
export const taskInSpan =
  (inSpan: InSpan, shape: SpanShape) =>
  <L, A>(task: TaskEither<L, A>): TaskEither<L, A> =>
  () =>
    inSpan(shape, task, outcomeOf);
