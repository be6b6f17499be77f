import { API_GATEWAYS } from './apiGateways';
import { AWS } from './aws';
import { AZURE } from './azure';
import { EDGES } from './edges';
import { GOOGLE } from './google';
import { MODEL_GATEWAYS } from './modelGateways';
import { NETWORKS } from './networks';
import { OPENAI_LIKE } from './openAiLike';
import type { StrangersAnswer } from './strangersAnswer';
import { WEB_SERVERS } from './webServers';

export type { StrangersAnswer } from './strangersAnswer';
export { MANNERS, startStrangerServer, type StrangerServer } from './strangerServer';
export { unknownAnswers } from './unknownAnswers';

/** What somebody answers who is not the vendor. None of them says anything about a key. */
export const STRANGERS_ANSWERS: ReadonlyArray<StrangersAnswer> = [
  ...WEB_SERVERS,
  ...EDGES,
  ...AWS,
  ...GOOGLE,
  ...AZURE,
  ...API_GATEWAYS,
  ...OPENAI_LIKE,
  ...MODEL_GATEWAYS,
  ...NETWORKS,
];
