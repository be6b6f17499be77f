export { checkAppend, checkReadAll, checkReadStream, checkSnapshot, checkStream } from './arguments';
export type * from './eventStore';
export { conflictOf, firstRevision } from './expectation';
export * from './faults';
export { followByReading, type Changes } from './following';
export * from './chain';
export { fromJsonText } from './json';
export { makeInMemoryEventStore, type InMemoryEventStoreOptions } from './memoryEventStore';
export { makeSignalling, type Signalling } from './signalling';
