export * from './actor';
export type * from './commands';
export type * from './envelope';
export * from './events';
export * from './ids';
export * from './instant';
export * from './run';
export * from './scope';
export * from './validation';
