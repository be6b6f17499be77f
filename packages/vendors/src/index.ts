export * from './faults';
export { inspectKey } from './inspectKey';
export type { KeyInspection } from './inspectKey';
export { displayName, keyConsolePage, revocationPage } from './knownVendors';
export type * from './probe';
export { makeProber } from './prober';
export type { ProberOptions } from './proberOptions';
export { sharesBytes } from './sharesBytes';
export { targetProblem } from './targetProblem';
