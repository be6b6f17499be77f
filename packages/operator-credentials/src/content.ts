import { OperatorCredentialFault } from './fault';
import { OperatorCredential } from './operatorCredential';

/** Of operators' credentials alone: what customers' keys may have is said elsewhere, and need not be the same. */
const SHORTEST = 16;
const LONGEST = 8192;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * So much of a source is worth reading: the longest credential, its line end, and one byte that shows it to be too
 * long.
 */
export const ENOUGH_BYTES = LONGEST + 3;

const withoutLineEnd = (bytes: Uint8Array): Uint8Array => {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1);
};

const problemOf = (bytes: Uint8Array): string | null => {
  if (bytes.length < SHORTEST) return `it has under ${SHORTEST} characters`;
  if (bytes.length > LONGEST) return `it has over ${LONGEST} characters`;
  const printable = bytes.every((byte) => byte > 0x20 && byte < 0x7f);
  return printable
    ? null
    : 'it has characters that are not printable ASCII, or spaces, or more than one line';
};

/** Takes what was read of a source; one line end after the credential is no part of it. */
export const credentialFrom = (vendor: string, source: string, content: Uint8Array): OperatorCredential => {
  const bytes = withoutLineEnd(content);
  const problem = problemOf(bytes);
  if (problem === null) return new OperatorCredential(vendor, bytes);
  throw new OperatorCredentialFault(
    'malformed',
    vendor,
    `${source} does not hold an operator credential for ${vendor}: ${problem}. ` +
      'Put the credential alone there, on one line.',
  );
};
