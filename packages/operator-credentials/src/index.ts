export { OperatorCredentialFault, type OperatorCredentialFaultCode } from './fault';
export type { OperatorCredential } from './operatorCredential';
export {
  operatorCredentials,
  type OperatorCredentials,
  type OperatorCredentialSource,
} from './operatorCredentials';
