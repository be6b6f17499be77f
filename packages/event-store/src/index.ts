export {
  checkReadAll,
  checkReadStream,
  checkStream,
  encodeAppend,
  encodeSnapshot,
  type EncodedEvent,
} from './arguments';
export type * from './eventStore';
export { conflictOf, firstRevision } from './expectation';
export * from './faults';
export { followByReading, type Changes } from './following';
export { makeInMemoryEventStore, type InMemoryEventStoreOptions } from './memoryEventStore';
export { makeSignalling, type Signalling } from './signalling';
