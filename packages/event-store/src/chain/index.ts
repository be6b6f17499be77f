export { CHAIN_BYTES, chainAfter, genesisOf, type ChainedFields, type StreamHead } from './chainValue';
export { disownedBy, DisownedDigest, disownedIn, DisownedRanges, type DisownedRange } from './disowned';
export { findDisowned, type ReadStretch } from './findDisowned';
export { followChain, followPast, type ChainBreak, type Followed } from './following';
export { linkOf, withLink, type Link, type Seal } from './link';
export { linkEvents, type LinkedAppend } from './linking';
