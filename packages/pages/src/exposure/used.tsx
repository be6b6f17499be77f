import type { DefaultMove, ExposureReport, KeyHold, KeyUse } from 'keyturn';
import { Rows } from '../parts/rows';
import { plural, Text, Time } from '../parts/text';

const USES: { readonly [K in KeyUse['kind']]: string } = {
  pinned: 'pinned',
  resumed: 'resumed',
  'test-call': 'test call',
};
const MOVES: { readonly [T in DefaultMove['to']]: string } = {
  'this-key': 'became Default',
  'another-key': 'no longer Default: another key is',
  none: 'no longer Default: no key is',
};

const orNone = (text: string | null) => (text === null ? '–' : <Text>{text}</Text>);

const endOf = ({ outcome, interrupted, isEnded }: KeyHold): string => {
  if (interrupted) return 'interrupted by a hard delete';
  if (isEnded) return outcome ?? 'ended';
  return outcome === null ? 'open: the end is that of its lease' : `${outcome}: the end is a guess`;
};

interface SectionParts {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly names: ReadonlyArray<string>;
  readonly rows: Parameters<typeof Rows>[0]['rows'];
  readonly counted: string;
}

const Section = ({ id, title, none, names, rows, counted }: SectionParts) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {rows.length === 0 ? <p>{none}</p> : <Rows caption={counted} names={names} rows={rows} />}
  </section>
);

const Refused = ({ report: { refusals, refusalsCounted } }: { readonly report: ExposureReport }) => {
  const others = refusalsCounted.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Section
        id="refused"
        title="Refused attempts"
        none="No refusal that this machine keeps named the key."
        counted={`${plural(refusals.length, 'attempt')} that named the key, oldest first`}
        names={['When', 'What', 'Actor', 'Origin', 'Run', 'Refused as']}
        rows={refusals.map(({ at, action, actorKind, actorId, originRef, runId, code }) => [
          <Time at={at} />,
          <code>{action}</code>,
          <Text>{`${actorKind ?? '?'}:${actorId ?? '?'}`}</Text>,
          orNone(originRef),
          orNone(runId),
          <code>{code}</code>,
        ])}
      />
      {others > 0 && (
        <p>
          Of the workspace {plural(others, 'more refusal')} of the time {others === 1 ? 'is' : 'are'} counted
          alone: what they named is not kept.
        </p>
      )}
    </>
  );
};

/** All that the key was used for in the window: each pin, resume and test call, and what belongs to it. */
export const Used = ({ report }: { readonly report: ExposureReport }) => {
  const { uses, holds, defaultMoves, counts } = report;
  return (
    <>
      <Section
        id="uses"
        title="Every use"
        none="The key was not used in the window."
        counted={`${plural(uses.length, 'use')}, oldest first`}
        names={['When', 'What', 'Actor', 'Origin', 'Project', 'Run', 'Log entry']}
        rows={uses.map(({ at, kind, actor, originRef, projectId, runId, cause, sequence }) => [
          <Time at={at} />,
          cause === null ? USES[kind] : <Text>{`${USES[kind]} (${cause})`}</Text>,
          <Text>{actor}</Text>,
          orNone(originRef),
          orNone(projectId),
          orNone(runId),
          `#${sequence}`,
        ])}
      />
      <Section
        id="holds"
        title="Runs that held it"
        none="No run held the key in the window."
        counted={`${plural(holds.length, 'run')}, ${counts.interruptedRuns} interrupted by a hard delete`}
        names={['Run', 'From', 'To', 'How it ended']}
        rows={holds.map((hold) => [
          <Text>{hold.runId}</Text>,
          <Time at={hold.from} />,
          <Time at={hold.to} />,
          endOf(hold),
        ])}
      />
      <Section
        id="defaults"
        title="Changes of Default"
        none="No Default moved from the key or to it in the window."
        counted={plural(defaultMoves.length, 'change')}
        names={['When', 'Of', 'What', 'Actor', 'Log entry']}
        rows={defaultMoves.map(({ at, projectId, to, actor, sequence }) => [
          <Time at={at} />,
          projectId === null ? (
            'the workspace'
          ) : (
            <span>
              project <Text>{projectId}</Text>
            </span>
          ),
          MOVES[to],
          <Text>{actor}</Text>,
          `#${sequence}`,
        ])}
      />
      <Refused report={report} />
    </>
  );
};
