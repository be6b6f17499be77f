import { activityPage } from './activity/activityPage';
import type { Page } from './frame/page';
import { healthPage } from './health/healthPage';
import { homePage } from './home';
import { addKeyPage } from './keys/addKeyPage';
import { defaultPage } from './keys/defaultPage';
import { deletePage } from './keys/deletePage';
import { expiryPage, labelPage } from './keys/detailPages';
import { hardDeletePage } from './keys/hardDeletePage';
import { clearDefaultPage, keyPage, testKeyPage } from './keys/keyPage';
import { keysPage } from './keys/keysPage';
import { reinstatePage, suspendPage } from './keys/suspendPages';
import { endRunPage } from './runs/endRunPage';
import { runsPage } from './runs/runsPage';

/** Every page there is. `new` comes before any key. */
export const PAGES: ReadonlyArray<Page> = [
  homePage,
  keysPage,
  addKeyPage,
  keyPage,
  testKeyPage,
  clearDefaultPage,
  labelPage,
  expiryPage,
  defaultPage,
  suspendPage,
  reinstatePage,
  deletePage,
  hardDeletePage,
  runsPage,
  endRunPage,
  activityPage,
  healthPage,
];
