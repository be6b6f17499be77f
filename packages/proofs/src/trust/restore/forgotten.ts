import { NOTHING_KEPT, NOTHING_LOGGED } from './facts';
import { pasteOf, type Copy, type Story } from './expected';
import type { Confirmed } from './playing';

const isKnownIn = (
  story: Story,
  { what, workspaceId, keyId }: Confirmed,
  {
    hardDeleted,
    leaked,
  }: { readonly hardDeleted: ReadonlySet<string>; readonly leaked: ReadonlySet<string> },
): boolean => {
  if (what === 'hard delete') return hardDeleted.has(keyId);
  // A secret that is known to have leaked is not said to have leaked once more.
  const secretOf = (key: string): string => pasteOf(story, workspaceId, key).secret;
  return [...leaked].some((key) => secretOf(key) === secretOf(keyId));
};

/** What somebody was told is done for good was in log and vault before he was told. Gives what a copy lacks of it. */
export const forgotten = (story: Story, copies: ReadonlyArray<Copy>): ReadonlyArray<string> =>
  copies.flatMap(({ name, ...copy }, n) =>
    story.confirmed.slice(0, story.confirmedBefore[n]).flatMap((confirmed) => {
      const { what, workspaceId, keyId, revision } = confirmed;
      const log = copy.log.get(workspaceId) ?? NOTHING_LOGGED;
      const vault = copy.vault.get(workspaceId) ?? NOTHING_KEPT;
      const act = `the ${what} of key ${keyId}, which was confirmed before`;
      return [
        ...(isKnownIn(story, confirmed, log) ? [] : [`the log does not know of ${act}`]),
        ...(isKnownIn(story, confirmed, vault) ? [] : [`the vault does not know of ${act}`]),
        ...((vault.witness ?? -1) >= revision
          ? []
          : [`the vault knows of no more than revision ${vault.witness ?? -1}, and not of ${act}`]),
      ].map((said) => `copy ${name}, workspace ${workspaceId}: ${said}`);
    }),
  );
