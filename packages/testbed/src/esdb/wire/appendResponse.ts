import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { BinaryWriter } from 'google-protobuf';
import type { Expected, Written } from '../log/writing';

export const appendSuccess = ({ revision, position }: Written): AppendResp => {
  const success = new AppendResp.Success();
  if (revision === null) success.setNoStream(new Empty());
  else success.setCurrentRevision(revision.toString());
  if (position === null) success.setNoPosition(new Empty());
  else {
    const text = position.toString();
    success.setPosition(new AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
  }
  return new AppendResp().setSuccess(success);
};

/** The number of `wrong_expected_version` in `AppendResp`, and of `expected_revision_20_6_0` in that. */
const WRONG_EXPECTED_VERSION = 2;
const EXPECTED_REVISION_20_6_0 = 3;
const MINUS_ONE = (2n ** 64n - 1n).toString();

/**
 * A refusal of an append for which there was to be no stream. The real server writes -1 into an unsigned field of 64
 * bits, which the generated message, whose numbers are JavaScript's, can't hold.
 */
class WrongNoStream extends AppendResp {
  override serializeBinary(): Uint8Array {
    const writer = new BinaryWriter();
    writer.writeMessage(
      WRONG_EXPECTED_VERSION,
      this.getWrongExpectedVersion(),
      (wrong: AppendResp.WrongExpectedVersion, inner: BinaryWriter) => {
        AppendResp.WrongExpectedVersion.serializeBinaryToWriter(wrong, inner);
        inner.writeUint64String(EXPECTED_REVISION_20_6_0, MINUS_ONE);
      },
    );
    return writer.getResultBuffer();
  }
}

/** A refused expectation, said twice: in the fields of today, and in those that servers up to 20.6 had. */
export const appendWrongVersion = (expected: Expected, current: bigint | null): AppendResp => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (current === null) wrong.setCurrentNoStream(new Empty()).setNoStream2060(new Empty());
  else wrong.setCurrentRevision(current.toString()).setCurrentRevision2060(Number(current));
  switch (expected) {
    case 'any':
      return new AppendResp().setWrongExpectedVersion(
        wrong.setExpectedAny(new Empty()).setAny2060(new Empty()),
      );
    case 'stream-exists':
      return new AppendResp().setWrongExpectedVersion(
        wrong.setExpectedStreamExists(new Empty()).setStreamExists2060(new Empty()),
      );
    case 'no-stream':
      return new WrongNoStream().setWrongExpectedVersion(wrong.setExpectedNoStream(new Empty()));
    default:
      return new AppendResp().setWrongExpectedVersion(
        wrong.setExpectedRevision(expected.toString()).setExpectedRevision2060(Number(expected)),
      );
  }
};
