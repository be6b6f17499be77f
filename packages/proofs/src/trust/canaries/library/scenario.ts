import type { LibrarySite } from './librarySite';

/** What is done with the library, in a workspace of its own. */
export interface LibraryScenario {
  readonly name: string;
  readonly play: (site: LibrarySite) => Promise<void>;
}
