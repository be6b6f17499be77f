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
import { atVendorPage } from './leak/atVendorPage';
import { allCasePage, casePage } from './leak/casePage';
import { certificatePage } from './leak/certificatePage';
import { checkPage } from './leak/checkPage';
import { closePage } from './leak/closePage';
import { exposureFilePage, exposurePage, reviewPage } from './leak/exposurePages';
import { allLeaksPage, leaksPage } from './leak/leaksPage';
import { reportPage } from './leak/reportPage';
import { revokePage } from './leak/revokePage';
import { withdrawPage } from './leak/withdrawPage';
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
  leaksPage,
  allLeaksPage,
  casePage,
  allCasePage,
  closePage,
  reportPage,
  withdrawPage,
  revokePage,
  atVendorPage,
  checkPage,
  exposurePage,
  exposureFilePage,
  reviewPage,
  certificatePage,
  healthPage,
];
