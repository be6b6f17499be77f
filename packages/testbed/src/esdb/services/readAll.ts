import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import * as E from 'fp-ts/Either';
import type { LogView } from '../log/logView';
import { at, START, type Position } from '../log/position';
import { readBackwards, readForwards } from '../log/readingAll';
import { readPosition } from '../wire/messages';
import { unexpectedResult } from '../wire/rpcError';
import { PAGE_SIZE, type FilterOptions } from './filter';
import type { Outlet } from './outlet';

interface AllRead {
  readonly log: LogView;
  /** How the version calls a position at which nothing begins. */
  readonly invalidPosition: string;
  readonly options: ReadReq.Options.AllOptions;
  readonly backwards: boolean;
  readonly count: number;
  readonly filter: FilterOptions | null;
}

/** Sends events of `$all`, page by page. */
export const readAll = async (
  { log, invalidPosition, options, backwards, count, filter }: AllRead,
  outlet: Outlet,
): Promise<void> => {
  const given = options.getPosition();
  const read = backwards ? readBackwards : readForwards;
  let from: Position = given !== undefined ? readPosition(given) : options.hasEnd() ? at(log.end()) : START;
  let left = count;
  while (left > 0) {
    const page = read(log, {
      from,
      maxCount: Math.min(left, PAGE_SIZE),
      window: filter?.window ?? Infinity,
      filter: filter?.filter ?? (() => true),
    });
    if (E.isLeft(page))
      throw unexpectedResult(filter === null ? 'ReadAllResult' : 'FilteredReadAllResult', invalidPosition);
    for (const record of page.right.records) {
      if (outlet.closed()) return;
      await outlet.sendEvent(record);
    }
    if (page.right.end) return;
    from = page.right.next;
    left -= page.right.records.length;
  }
};
