export {
  parseConnectionString,
  type ConnectionSettings,
  type Credentials,
  type Endpoint,
} from './connectionString';
export { connectEventStoreDb } from './eventStoreDbEventStore';
