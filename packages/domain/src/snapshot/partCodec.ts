import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { compileDecoder, INVALID } from '../codecs/compile';
import { UndecodableSnapshot } from '../codecs/errors';
import { explain } from '../codecs/explain';
import { StoredHead, StoredPart } from './snapshotShape';

const decoderOf = <C extends t.Mixed>(
  codec: C,
): ((json: unknown) => E.Either<UndecodableSnapshot, t.TypeOf<C>>) => {
  const decode = compileDecoder(codec);
  return (json) => {
    const decoded = decode(json);
    if (decoded !== INVALID) return E.right(decoded);
    const why = codec.decode(json);
    return E.left(new UndecodableSnapshot(E.isLeft(why) ? explain(why.left) : 'it does not fit its schema'));
  };
};

export const decodeHead = decoderOf(StoredHead);
export const decodePart = decoderOf(StoredPart);

export const unfitting = (): UndecodableSnapshot =>
  new UndecodableSnapshot('its columns do not fit together');
