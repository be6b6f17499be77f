export { accessibilityFaults } from './accessibility';
export { startChromium } from './chromium';
export type { Chromium, OpenedPage } from './chromium';
export { onChromium } from './onChromium';
