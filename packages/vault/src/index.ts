export * from './faults';
export type * from './vault';
