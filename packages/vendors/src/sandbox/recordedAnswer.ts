import type { AnswerMeaning, FailureCause } from '../answerRules';
import type { KillCheckAnswer } from '../probe';

/**
 * One answer as a vendor gives it. `{key}`, `{masked}`, `{model}` and `{id}` in body and header values stand for the
 * key, the key as the vendor masks it when it repeats it, the model that was asked for, and a fresh id.
 */
export interface RecordedAnswer {
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it says about the key: the test of a vendor's table expects just this. */
  readonly means: 'accepted' | AnswerMeaning | 'unrecognised-answer';
  readonly cause: FailureCause | null;
  /** The vendor's code that is kept of it. */
  readonly code: string | null;
  /** The page that has it, or whose answer it is where it is not the vendor's. */
  readonly source: string;
}

/** One answer to the call that tells whether a key lives. */
export interface RecordedKillCheckAnswer extends Pick<
  RecordedAnswer,
  'name' | 'status' | 'headers' | 'body' | 'source'
> {
  readonly says: KillCheckAnswer;
}

export const killCheckAnswer = (
  name: string,
  status: number,
  body: string,
  says: KillCheckAnswer,
  source: string,
): RecordedKillCheckAnswer => ({ name, status, headers: {}, body, says, source });

type More = Partial<Pick<RecordedAnswer, 'headers' | 'cause' | 'source'>>;

/** Makes recorded answers that come from one page, unless one names another. */
export const recordedFrom =
  (page: string) =>
  (
    name: string,
    status: number,
    body: string,
    means: RecordedAnswer['means'],
    code: string | null,
    { headers = {}, cause = null, source = page }: More = {},
  ): RecordedAnswer => ({ name, status, headers, body, means, cause, code, source });
