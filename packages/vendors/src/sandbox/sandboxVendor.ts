import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxAdmin } from './sandboxAdmin';
import type { RecordedAnswer, RecordedKillCheckAnswer } from './recordedAnswer';

/** What the sandbox knows of one vendor: `calledAs` gives the first five members from its table. */
export interface SandboxVendor {
  readonly vendor: string;
  /** What a path of this vendor's call says, or null for another path. */
  /** Whether a method and a path are those of its kill check. */
  readonly isKillCheck: (method: string, path: string) => boolean;
  readonly pathOf: (path: string) => { readonly model: string | null } | null;
  /** The key that a request carries where the vendor looks for it. */
  readonly keyOf: (headers: IncomingHttpHeaders) => string | null;
  readonly requestIdHeader: string | null;
  /** Makes a random key in the vendor's format. Never one that was issued to anybody. */
  readonly newKey: () => string;
  /** The key as the vendor repeats it in error messages. */
  readonly mask: (key: string) => string;
  readonly newRequestId: () => string;
  /** Where a call says how much is to be generated at most, such as `generationConfig.maxOutputTokens`. */
  readonly maxTokensAt: string;
  /** The least that the vendor takes: a test call asks for just that. */
  readonly leastTokens: number;
  /** What else the vendor would not take of any key, in the words of its answer; null for a proper test call. */
  readonly refusal: (headers: IncomingHttpHeaders, body: unknown) => string | null;
  readonly badRequest: (message: string) => RecordedAnswer;
  readonly hasModel: (model: string) => boolean;
  /** What it says of a model that it has no more, or never had. */
  readonly noSuchModel: RecordedAnswer;
  /** For a key that was never issued. */
  readonly unknownKey: RecordedAnswer;
  readonly answers: ReadonlyArray<RecordedAnswer>;
  /** To its kill check, the answer for a live key first; empty where the vendor has no such call. */
  readonly killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer>;
  /** How it answers administrators; left out where it has no such calls. */
  readonly admin?: SandboxAdmin;
}
