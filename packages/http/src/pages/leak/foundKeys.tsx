import type { FoundKeys, KnownKey } from 'keyturn';
import type { Visit } from '../frame/page';
import { More } from '../parts/more';
import { Rows } from '../parts/rows';
import { MaybeText, MaybeTime, Text, Time } from '../parts/text';
import { WORDS } from '../words/words';

const { leaks: WORDING } = WORDS;

/** An address of a key's own workspace, which may be another one than is looked at. */
export const ofWorkspace = ({ at }: Visit, workspaceId: string, path: string, query = {}): string => {
  const asked = new URLSearchParams(query).toString();
  return at(`/workspaces/${encodeURIComponent(workspaceId)}${path}${asked === '' ? '' : `?${asked}`}`);
};

/** The cases of a key, each as a link; to its report where it has none. */
const Cases = ({ of, visit }: { readonly of: KnownKey; readonly visit: Visit }) => (
  <>
    {of.leakCases.map((caseId) => (
      <>
        <a href={ofWorkspace(visit, of.workspaceId, '/leaks/case', { case: caseId })}>
          <Text>{caseId}</Text>
        </a>{' '}
      </>
    ))}
    {of.leakCases.length === 0 && visit.may('ReportLeak') && (
      <a
        href={ofWorkspace(
          visit,
          of.workspaceId,
          `/keys/${encodeURIComponent(of.keyId)}/leak/report`,
          visit.caseId === null ? {} : { case: visit.caseId },
        )}
      >
        {WORDING.report}
      </a>
    )}
  </>
);

const namesIn = (visit: Visit): ReadonlyArray<string> => {
  const { key, workspace, vendor, label, added, lastUsed, case: ofCase } = WORDING.columns;
  return [key, ...(visit.workspaceId === '' ? [workspace] : []), vendor, label, added, lastUsed, ofCase];
};

const rowOf = (key: KnownKey, visit: Visit) => [
  <a class="key" href={ofWorkspace(visit, key.workspaceId, `/keys/${encodeURIComponent(key.keyId)}`)}>
    <Text>{key.display}</Text>
  </a>,
  ...(visit.workspaceId === '' ? [<Text>{key.workspaceId}</Text>] : []),
  visit.keyturn.vendors.get(key.vendor).name,
  <MaybeText>{key.label}</MaybeText>,
  <Time at={key.addedAt} />,
  <MaybeTime at={key.lastUsedAt} />,
  <Cases of={key} visit={visit} />,
];

/** Keys with what tells them apart. */
export const KeyRows = ({
  keys,
  caption,
  visit,
}: {
  readonly keys: ReadonlyArray<KnownKey>;
  readonly caption: string;
  readonly visit: Visit;
}) => (
  <Rows
    caption={caption}
    isHeading={true}
    names={namesIn(visit)}
    rows={keys.map((key) => rowOf(key, visit))}
  />
);

/** What was found: several keys may have the same ending, and the same secret may be on file in several workspaces. */
export const Found = ({ found, visit }: { readonly found: FoundKeys; readonly visit: Visit }) => (
  <div>
    <p role="status" class={found.keys.length === 0 ? '' : 'hidden'}>
      {found.keys.length === 0 ? WORDING.foundNone : WORDING.found(found.keys.length)}
    </p>
    {found.keys.length > 0 && (
      <KeyRows keys={found.keys} caption={WORDING.found(found.keys.length)} visit={visit} />
    )}
    <More visit={visit} path="/leaks" next={found.more ? found.next : null} />
  </div>
);
