import type { IncomingHttpHeaders } from 'node:http';
import type { RecordedAnswer } from './recordedAnswer';

/** What the sandbox knows of one vendor. Adding a vendor is adding one of these to `vendors/index.ts`. */
export interface SandboxVendor {
  readonly vendor: string;
  /** The path of the call, exactly. */
  readonly path: string;
  /** Makes a random key in the vendor's format. Never one that was issued to anybody. */
  readonly newKey: () => string;
  /** The key that a request carries where the vendor looks for it. */
  readonly keyOf: (headers: IncomingHttpHeaders) => string | null;
  /** The key as the vendor repeats it in error messages. */
  readonly mask: (key: string) => string;
  readonly requestIdHeader: string;
  readonly newRequestId: () => string;
  readonly readCall: (body: unknown) => { readonly model: string | null; readonly maxTokens: number | null };
  /** The answer to a request that the vendor would not take from any key, or null when it is a proper test call. */
  readonly refusal: (headers: IncomingHttpHeaders, body: unknown) => RecordedAnswer | null;
  readonly answers: ReadonlyArray<RecordedAnswer>;
  /** For a key that was never issued. */
  readonly unknownKey: RecordedAnswer;
}
