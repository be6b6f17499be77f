import type { KeyringEventType } from '../events';
import type { Unreadable } from './versions';

export type UndecodableReason = Unreadable['why'] | 'unknown-type' | 'invalid-metadata' | 'wrong-stream';

/** A stored event that can't be read. Nothing is decided on half a history: whoever folds stops here. */
export class UndecodableEvent extends Error {
  readonly _tag = 'UndecodableEvent';
  readonly stream: string;
  readonly revision: number;
  readonly type: string;

  constructor(
    stored: { readonly stream: string; readonly revision: number; readonly type: string },
    readonly why: UndecodableReason,
    detail: string,
  ) {
    super(
      `Event ${stored.revision} of ${stored.stream} (${stored.type}) can't be read: ${detail}. ` +
        'Nothing was folded past it.',
    );
    this.name = 'UndecodableEvent';
    this.stream = stored.stream;
    this.revision = stored.revision;
    this.type = stored.type;
  }
}

/** An event that would not be readable once stored: a defect of who made it. Nothing was stored. */
export class UnencodableEvent extends Error {
  readonly _tag = 'UnencodableEvent';

  constructor(
    readonly type: KeyringEventType,
    detail: string,
  ) {
    super(`An event ${type} can't be stored: ${detail}. Nothing was stored.`);
    this.name = 'UnencodableEvent';
  }
}

/** A snapshot that can't be read. It is only an aid: fold the events instead. */
export class UndecodableSnapshot extends Error {
  readonly _tag = 'UndecodableSnapshot';

  constructor(detail: string) {
    super(`The keyring's snapshot can't be read: ${detail}. Fold the events instead.`);
    this.name = 'UndecodableSnapshot';
  }
}
