import type { ExposureReport } from 'keyturn';
import { plural, Text, Time } from '../parts/text';

const usedWords = ({ counts }: ExposureReport): string =>
  [
    plural(counts.pinned, 'run pinned', 'runs pinned'),
    plural(counts.resumed, 'resumed', 'resumed'),
    plural(counts.testCalls, 'test call'),
    plural(counts.defaultMoves, 'change of Default', 'changes of Default'),
    `${plural(counts.interruptedRuns, 'run')} interrupted by a hard delete`,
  ].join(', ');

const Moment = ({ at, none }: { readonly at: number | null; readonly none: string }) =>
  at === null ? <span>{none}</span> : <Time at={at} />;

/** Which key, what became of it, and which window is looked at. */
export const KeyFacts = ({ report }: { readonly report: ExposureReport }) => {
  const { key, window, counts, suspectedSince, reportedAt } = report;
  return (
    <section aria-labelledby="key">
      <h2 id="key">The key and the window</h2>
      <dl>
        <dt>Key</dt>
        <dd>
          <Text>{key.display}</Text>
          {key.suspended && ', suspended'}
        </dd>
        <dt>Id</dt>
        <dd class="mono">
          <Text>{key.keyId}</Text>
        </dd>
        <dt>Vendor</dt>
        <dd>
          <Text>{key.vendor}</Text>
        </dd>
        <dt>Label</dt>
        <dd>{key.label === null ? 'none' : <Text>{key.label}</Text>}</dd>
        <dt>Workspace</dt>
        <dd>
          <Text>{key.workspaceId}</Text>
        </dd>
        <dt>Added</dt>
        <dd>
          <Time at={key.addedAt} />
        </dd>
        <dt>Hard-deleted</dt>
        <dd>
          <Moment at={key.hardDeletedAt} none="no" />
          {key.hardDeletedAt !== null && key.destroyedAt === null && ', and not yet proven gone'}
        </dd>
        <dt>Window</dt>
        <dd>
          <Time at={window.since} /> to <Time at={window.until} />
        </dd>
        <dt>Suspected since</dt>
        <dd>
          <Moment at={suspectedSince} none="not said: the window begins where the key was added" />
        </dd>
        <dt>Reported</dt>
        <dd>
          <Moment at={reportedAt} none="no" />
        </dd>
        <dt>Used</dt>
        <dd>{usedWords(report)}</dd>
        {counts.afterSuspected !== null && (
          <>
            <dt>Since suspected</dt>
            <dd>{plural(counts.afterSuspected, 'use')}</dd>
          </>
        )}
      </dl>
    </section>
  );
};
