export { exposurePage, type ExposurePageInput } from './exposure/exposurePage';
