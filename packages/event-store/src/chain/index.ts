export { CHAIN_BYTES, chainAfter, genesisOf, type ChainedFields, type StreamHead } from './chainValue';
export { disownedBy, DisownedDigest, headPast, rangeWith, type DisownedRange } from './disowned';
export { DisownedSearch } from './disownedSearch';
export { followChain, type ChainBreak, type Followed } from './following';
export { linkOf, withLink, type Link, type Seal } from './link';
export { linkEvents, type LinkedAppend } from './linking';
