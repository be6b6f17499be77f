import type { Refusal } from '@keyturn/domain';
import type { ServiceLog } from '@keyturn/service';
import { isThere } from '../deployment/dataDirectory';
import { HOUSEKEEPER, isHousekeeper } from '../context';
import { attemptOf } from './attemptOf';
import { openRefusalStore, type RefusalStore } from './refusalStore';

/** Keeps refused attempts, and tells where that fails. Never stands in the way of an answer. */
export interface RefusalRecorder {
  readonly record: (action: string, context: unknown, request: unknown, refusal: Refusal) => void;
  /** An open case holds the lines of its keys. What fails is told of, and stands in nobody's way. */
  readonly hold: RefusalStore['hold'];
  readonly letGo: RefusalStore['letGo'];
  /** What was kept; null where nothing ever was. @throws whatever the file says */
  readonly store: () => RefusalStore | null;
  /** The store, made when it is not there. @throws whatever the file says */
  readonly madeStore: () => RefusalStore;
  /** Why an attempt could not be kept, the last of those that were not; null where all were. */
  readonly trouble: () => string | null;
  readonly close: () => void;
}

interface RecorderParts {
  readonly file: string;
  readonly log: ServiceLog;
  readonly clock: () => number;
  /** False: this process writes nothing. */
  readonly writes: boolean;
}

const actorOf = (context: unknown): unknown =>
  typeof context === 'object' && context !== null ? Reflect.get(context, 'actor') : undefined;

/** What Keyturn does by itself is nobody's attempt. */
const isOwn = (context: unknown): boolean => {
  const actor = actorOf(context);
  return (
    typeof actor === 'object' &&
    actor !== null &&
    isHousekeeper({ kind: String(Reflect.get(actor, 'kind')), id: String(Reflect.get(actor, 'id')) })
  );
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

export const makeRefusalRecorder = ({ file, log, clock, writes }: RecorderParts): RefusalRecorder => {
  let opened: RefusalStore | null = null;
  let trouble: string | null = null;

  const madeStore = (): RefusalStore => (opened ??= openRefusalStore(file, { clock, readonly: !writes }));

  /** Writes, where this process does. What fails is told of, under the code of what was to be written. */
  const writing = (code: string, work: () => void): void => {
    try {
      if (writes) work();
    } catch (error) {
      trouble = `${file}: ${wordsOf(error)}`;
      log.warn({ actor: HOUSEKEEPER, code }, 'refused attempt not recorded');
    }
  };
  const isKept = (): boolean => opened !== null || isThere(file);

  return {
    record: (action, context, request, refusal) =>
      writing(refusal.code, () => {
        if (isOwn(context)) return;
        madeStore().add(attemptOf(clock(), action, context, request, refusal));
      }),
    hold: (held) => writing('lines-not-held', () => madeStore().hold(held)),
    letGo: (held) =>
      writing('lines-not-let-go', () => {
        if (isKept()) madeStore().letGo(held);
      }),
    madeStore,
    store: () => (isKept() ? madeStore() : null),
    trouble: () => trouble,
    close: () => {
      opened?.close();
      opened = null;
    },
  };
};
