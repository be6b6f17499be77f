import { command } from '../command';
import { oneOf, optional } from '../input/flags';
import { UsageError } from '../problems';

const STORY = '--story <story>';

export const leakDrill = command({
  details: [
    'Plays a leak from the mail to the closed case with the real command, on made-up data in a temporary directory, so',
    'that support has done it once before it matters. A sandbox plays the vendor; nothing of yours is read or changed.',
    'The stories: default (the key is still Default), deleted (the customer deleted it last week), two-workspaces (two',
    'workspaces have the same secret). Exit status 3 when a step shows something else than customers are promised.',
  ],
  operands: {},
  flags: {
    story: optional(
      STORY,
      'default (when left out), deleted or two-workspaces',
      oneOf(STORY, ['default', 'deleted', 'two-workspaces']),
    ),
  },
  examples: ['keyturn leak drill', 'keyturn leak drill --story deleted'],
  run: async (session, { story = 'default' }) => {
    if (session.settings.json) throw new UsageError('leak drill tells a story: it takes no --json.');
    const { drill } = await import('../drill/drill.js');
    return { streamed: drill(story, session) };
  },
});
