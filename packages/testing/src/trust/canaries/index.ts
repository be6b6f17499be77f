export { canaries } from './canaries';
