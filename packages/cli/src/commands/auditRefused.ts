import type { CountedRefusals, RefusalLine } from 'keyturn';
import type { ValuesOf, pageFlags } from '../input/flags';
import { shortIds } from '../output/shortIds';
import type { Report } from '../output/report';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableTime, windowWords } from '../output/times';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { auditQuestionOf, type auditFilterFlags } from './auditFilter';
import { gathered, moreWords, mostOf, pagesOf } from './paging';

type Given = ValuesOf<typeof auditFilterFlags> &
  ValuesOf<typeof pageFlags> & { readonly oldestFirst: boolean };

const USUAL = 50;
const HEADINGS = ['#', 'REFUSED', 'WORKSPACE', 'ACTOR', 'ATTEMPT', 'KEY', 'BECAUSE'];

const lineJson = ({ at, ...line }: RefusalLine): object => ({ ...line, at: isoOf(at) });

const countedJson = ({ hour, ...counted }: CountedRefusals): object => ({
  ...counted,
  hour: isoOrNull(hour),
});

const actorWords = ({ actorKind, actorId }: Pick<RefusalLine, 'actorKind' | 'actorId'>): string =>
  actorKind === null || actorId === null ? '(not named)' : `${actorKind}:${actorId}`;

/** What a line of the log has, and a refusal has not. @throws UsageError */
const refuseOthers = ({
  last4,
  run,
  project,
  action,
  uses,
  case: caseId,
  origin,
  actor,
  oldestFirst,
}: Given): void => {
  const others = { last4, run, project, action, case: caseId, origin };
  const named = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  const toggled = uses ? 'uses' : oldestFirst ? 'oldest-first' : undefined;
  const wrong = named ?? toggled;
  if (wrong !== undefined) throw new UsageError(`--${wrong} is of no use with --refused: take it off.`);
  if ((actor?.length ?? 0) > 1) throw new UsageError('--refused takes one --actor at a time.');
};

const countedWords = (counted: ReadonlyArray<CountedRefusals>): ReadonlyArray<string> =>
  counted.map(({ hour, workspaceId, count, ...actor }) => {
    const when = hour === null ? 'Before that' : `In the hour from ${isoOf(hour)}`;
    const by = actor.actorId === null ? '' : ` by ${actorWords(actor)}`;
    return `${when}: ${count} more${by}${workspaceId === null ? '' : ` in ${workspaceId}`}, counted alone.`;
  });

/** Attempts that were refused, in the place of entries of the log. */
export const refusedReport = async (session: Session, given: Given): Promise<Report> => {
  refuseOthers(given);
  const reader = await session.reader();
  const { context, filter, unknown } = await auditQuestionOf(reader, session, given);
  const { actor, keyId, since, until } = filter;
  const [key, ...otherKeys] = [keyId ?? []].flat();
  if (otherKeys.length > 0) throw new UsageError('--refused takes one --key at a time.');
  const [by] = [actor ?? []].flat();
  if (by?.kind === 'system')
    throw new UsageError("--actor: what Keyturn does by itself is nobody's attempt.");
  const query = {
    ...(key === undefined ? {} : { keyId: key }),
    ...(by === undefined
      ? {}
      : { actor: { id: by.id, ...(by.kind === undefined ? {} : { kind: by.kind }) } }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
  const pages = pagesOf(
    async (part) => {
      const { refusals, next, more } = await reader.audit.refused(context, { ...query, ...part });
      return { items: refusals, next, more };
    },
    mostOf(given, USUAL),
    given.after,
  );
  const { items, next, more } = await gathered(pages);
  const { counted } = await reader.audit.refused(context, { ...query, limit: 1 });
  const ids = shortIds(items.flatMap(({ keyId: id }) => id ?? []));
  return {
    json: { refusals: items.map(lineJson), counted: counted.map(countedJson), next, more },
    lines:
      items.length === 0
        ? ['No refused attempt matches.']
        : table(
            HEADINGS,
            items.map((line) => [
              String(line.sequence),
              readableTime(line.at),
              line.workspaceId ?? '',
              actorWords(line),
              line.action,
              line.keyId === null ? '' : ids(line.keyId),
              line.code,
            ]),
          ),
    hints: [...(items.length === 0 ? unknown : []), ...countedWords(counted), ...windowWords(filter)],
    below: moreWords({ next, more }),
  };
};
