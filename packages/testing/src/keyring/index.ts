export type { AbstractCommand, AbstractStep } from './abstractCommand';
export { playSteps, type PlayedStep } from './play';
export { keyringSteps } from './steps';
export { stateViolations, stepViolations, type Violation } from './violations';
