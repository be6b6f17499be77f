import * as t from 'io-ts';

/** What a driver process is told to do: the words of one command, what is pasted, variables for its time. */
export const Drive = t.type({
  words: t.array(t.string),
  input: t.string,
  env: t.record(t.string, t.string),
});

/** What that came to. */
export const Driven = t.type({ status: t.number, stdout: t.string, stderr: t.string });
