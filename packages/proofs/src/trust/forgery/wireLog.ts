import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Streams } from './written';

/** A record of the log's file: the numbers of 64 bits are texts, the bytes in base64. */
const LogRecord = t.type({ position: t.string, next: t.string, stream: t.string });
const Batches = t.array(t.array(LogRecord));

/** Bytes of a record in the log, about: positions have gaps. */
const SIZE = 1_000n;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * Puts events in the place of these streams', in the file that the server's log is kept in. They come last in the log:
 * it is as long as before at least. A stream has no gaps there: revisions are counted anew.
 */
export const rewriteWireLog = (directory: string, streams: Streams): void => {
  const path = join(directory, 'esdb.log');
  const [format = '', ...lines] = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const batches = Batches.decode(lines.map((line): unknown => JSON.parse(line)));
  if (E.isLeft(batches)) throw new Error('The server keeps its log in another form.');
  const all = batches.right.flat();
  let end = all.reduce((last, { next }) => (BigInt(next) > last ? BigInt(next) : last), 0n);
  const put = [...streams].flatMap(([stream, events]) =>
    events.map(({ id, type, data, metadata, recordedAt }, revision) => {
      const position = end;
      end += SIZE;
      return {
        position: position.toString(),
        next: end.toString(),
        stream,
        revision: revision.toString(),
        id,
        type,
        isJson: true,
        data: base64(data),
        metadata: base64(metadata),
        created: recordedAt,
      };
    }),
  );
  const kept = all.filter(({ stream }) => !streams.has(stream));
  const batch = JSON.stringify([...kept, ...put]);
  writeFileSync(path, `${format}\n${batch}\n`);
};
