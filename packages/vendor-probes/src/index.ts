export type * from './probe';
