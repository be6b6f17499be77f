import type { OnProgress, ProgressStep } from 'keyturn';
import type { Output } from '../io';
import { showProgress } from './progress';

const DOING: { readonly [S in ProgressStep]: string } = {
  'connecting-event-store': 'Connecting to the event store',
  'looking-for-keyrings': 'Looking for keyrings in the event store',
  'looking-for-vault': 'Looking for the vault',
  'making-vault': 'Making the vault',
  'opening-vault': 'Opening the vault',
  'catching-up-read-models': 'Bringing the read models up to date',
  'calling-vendor': 'Waiting for the vendor',
};

/** Shows what takes longer than a moment. */
export const progressOf = (output: Output): OnProgress => {
  let end: () => void = () => undefined;
  return ({ step, state }) => {
    end();
    end = state === 'begun' ? showProgress(output, DOING[step]) : () => undefined;
  };
};
