export { LEAK_OUTCOME_WORDS, LEAK_STEP_NAMES, leakRunsWords, leakTimeWords } from './exposure/caseWords';
export { exposurePage, type ExposurePageInput } from './exposure/exposurePage';
export { KILL_CHECK_SAYS, KILL_CHECK_SHOWS } from './exposure/killCheckWords';
export { ReportHead, ReportSections, reportTitle, type ReportParts } from './exposure/reportSections';
export { REPORT_STYLE } from './exposure/reportStyle';
export { Rows } from './parts/rows';
export { withoutActing } from './parts/shown';
export { plural, Text } from './parts/text';
