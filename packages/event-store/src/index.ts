export type * from './eventStore';
export * from './faults';
