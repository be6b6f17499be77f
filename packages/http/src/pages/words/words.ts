import { listed } from './counting';
import { KEY_WORDS } from './keyWords';
import { LEAK_WORDS } from './leakWords';
import { LIST_WORDS } from './listWords';

/** Every word of the screens that is not the domain's. */
export const WORDS = {
  service: 'Keyturn',
  skip: 'Skip to content',
  screens: { keys: 'Keys', runs: 'Runs', activity: 'Activity', leaks: 'Leak review', health: 'Health' },
  screensLabel: 'Screens',
  help: 'Help',
  problem: 'Nothing was done',
  back: 'Back to the start',
  cancel: 'Cancel',
  none: '–',
  never: 'never',
  copy: 'Copy',
  copied: 'Copied',
  working: 'Working…',
  nextPage: 'Older',
  filter: 'Filter',
  clearFilter: 'Show all',
  utc: 'UTC',
  timesInUtc: 'Times are UTC.',
  /** Where the script says the reader's own zone. */
  zone: '{zone}',
  timesIn: (zone: string) => `Times are those of ${zone}, with UTC below.`,
  listed,

  workspaces: { title: 'Workspaces', none: 'No workspace is yours.' },

  ...KEY_WORDS,
  ...LIST_WORDS,
  ...LEAK_WORDS,
} as const;
