/** The lines of EventStoreDB whose answers the server gives. Each stands for its newest release that was recorded. */
export type ServerVersion = '23.10' | '24.6' | '24.10';

/** In what the lines differ. */
export interface VersionProfile {
  /** What `ServerFeatures` says. */
  readonly release: string;
  readonly subscriptions: 'enumerators-23.10' | 'enumerators-24.2' | 'enumerators-24.10.5';
  /** What counts towards the limit of an append; 24.10.4 and later count more than the data. */
  readonly appendSize: 'data' | 'whole-event';
  /** Whether there is a limit for one event of an append. */
  readonly limitsEvents: boolean;
  /** The name of the result for a position of `$all` at which nothing begins. */
  readonly invalidPosition: 'Error' | 'InvalidPosition';
  /** How a read without an option for its ids ends once it has found an event. */
  readonly withoutUuidOption: 'nothing' | 'invalid-argument';
  /** What .NET says of an append in a batch whose stream has an empty name. */
  readonly emptyStreamName: string;
  /** Whether nobody may do anything with a stream without a name, where there are users. */
  readonly deniesEmptyStreamName: boolean;
}

const RECORDED_24_6: VersionProfile = {
  release: '24.6.0',
  subscriptions: 'enumerators-24.2',
  appendSize: 'data',
  limitsEvents: false,
  invalidPosition: 'InvalidPosition',
  withoutUuidOption: 'invalid-argument',
  emptyStreamName: 'eventStreamId',
  deniesEmptyStreamName: true,
};

export const VERSIONS: Readonly<Record<ServerVersion, VersionProfile>> = {
  '23.10': {
    ...RECORDED_24_6,
    release: '23.10.8',
    subscriptions: 'enumerators-23.10',
    invalidPosition: 'Error',
    withoutUuidOption: 'nothing',
    emptyStreamName: "Value cannot be null. (Parameter 'value')",
    deniesEmptyStreamName: false,
  },
  '24.6': RECORDED_24_6,
  '24.10': {
    ...RECORDED_24_6,
    release: '24.10.14',
    subscriptions: 'enumerators-24.10.5',
    appendSize: 'whole-event',
    limitsEvents: true,
    emptyStreamName: "Specified argument was out of the range of valid values. (Parameter 'eventStreamId')",
  },
};

export const isServerVersion = (text: string): text is ServerVersion => Object.hasOwn(VERSIONS, text);
