import type { Commands } from './command';

/** Every command by its words. Its file is loaded when it is asked for: help that lists commands needs none of them. */
export const COMMANDS: Commands = {
  init: {
    summary: 'Make a data directory and its master key',
    load: async () => (await import('./commands/init.js')).init,
  },
  keys: {
    summary: 'Keys of a workspace',
    members: {
      add: {
        summary: 'Take a key on file and test-call its vendor with it',
        load: async () => (await import('./commands/keysAdd.js')).keysAdd,
      },
      list: {
        summary: 'The keys of a workspace, masked',
        load: async () => (await import('./commands/keysList.js')).keysList,
      },
      show: {
        summary: 'What is known of one key, in whatever state it is',
        load: async () => (await import('./commands/keysShow.js')).keysShow,
      },
      due: {
        summary: 'The keys that are due for rotation, in all workspaces',
        load: async () => (await import('./commands/keysDue.js')).keysDue,
      },
      relabel: {
        summary: 'Give a key another name of your own, or none',
        load: async () => (await import('./commands/keysRelabel.js')).keysRelabel,
      },
      expiry: {
        summary: 'Say when a key is to be replaced',
        load: async () => (await import('./commands/keysExpiry.js')).keysExpiry,
      },
      validate: {
        summary: 'Test-call the vendor with a key on file again',
        load: async () => (await import('./commands/keysValidate.js')).keysValidate,
      },
      'set-default': {
        summary: 'New runs use this key from now on',
        load: async () => (await import('./commands/keysDefaults.js')).keysSetDefault,
      },
      'clear-default': {
        summary: "A project uses the workspace's Default again",
        load: async () => (await import('./commands/keysDefaults.js')).keysClearDefault,
      },
      delete: {
        summary: 'Delete a key: at once, or when the last run that holds it ends',
        load: async () => (await import('./commands/keysDelete.js')).keysDelete,
      },
      'hard-delete': {
        summary: 'Emergency: destroy a key now, whatever holds it',
        load: async () => (await import('./commands/keysDelete.js')).keysHardDelete,
      },
    },
  },
  runs: {
    summary: 'Runs, each pinned to one key from its start to its end',
    members: {
      start: {
        summary: 'Pin a run to a key, for as long as the run lasts',
        load: async () => (await import('./commands/runsStart.js')).runsStart,
      },
      resume: {
        summary: 'Take an open run up again, with the key that it started with',
        load: async () => (await import('./commands/runsStart.js')).runsResume,
      },
      finish: {
        summary: "End a run's hold on its key",
        load: async () => (await import('./commands/runsFinish.js')).runsFinish,
      },
      list: {
        summary: 'The runs of a workspace, newest first',
        load: async () => (await import('./commands/runsList.js')).runsList,
      },
    },
  },
  workspaces: {
    summary: 'The workspaces themselves',
    members: {
      list: {
        summary: 'Every workspace that there is',
        load: async () => (await import('./commands/workspacesList.js')).workspacesList,
      },
      close: {
        summary: 'Close a workspace for good, and destroy its keys',
        load: async () => (await import('./commands/workspacesClose.js')).workspacesClose,
      },
    },
  },
  vendors: {
    summary: 'The vendors whose keys can be test-called',
    members: {
      list: {
        summary: 'Every vendor, with what a test call costs',
        load: async () => (await import('./commands/vendorsList.js')).vendorsList,
      },
      show: {
        summary: 'One vendor: its answers and what they mean, and how a key is made and revoked there',
        load: async () => (await import('./commands/vendorsShow.js')).vendorsShow,
      },
    },
  },
  audit: {
    summary: 'The audit log',
    members: {
      list: {
        summary: 'Who did what to which key, and when',
        load: async () => (await import('./commands/auditList.js')).auditList,
      },
      count: {
        summary: 'How many entries of the audit log match',
        load: async () => (await import('./commands/auditCount.js')).auditCount,
      },
      export: {
        summary: 'Every entry of the audit log that matches, oldest first',
        load: async () => (await import('./commands/auditExport.js')).auditExport,
      },
    },
  },
  leak: {
    summary: 'A key that may have leaked, from the first mail to the closing report',
    members: {
      find: {
        summary: 'Find the key that somebody writes of, by its value or its last 4',
        load: async () => (await import('./commands/leakFind.js')).leakFind,
      },
      report: {
        summary: 'Say that a key leaked: its secret does not come back on file',
        load: async () => (await import('./commands/leakReport.js')).leakReport,
      },
      withdraw: {
        summary: 'Take a report back: wrong key, or wrong case',
        load: async () => (await import('./commands/leakWithdraw.js')).leakWithdraw,
      },
      suspend: {
        summary: "Stop the customer's own runs from getting a reported key",
        load: async () => (await import('./commands/leakSuspend.js')).leakSuspend,
      },
      reinstate: {
        summary: 'Let a suspended key serve again',
        load: async () => (await import('./commands/leakSuspend.js')).leakReinstate,
      },
      status: {
        summary: 'The nine steps of a case: done when and by whom, or the command that does it',
        load: async () => (await import('./commands/leakStatus.js')).leakStatus,
      },
      revoke: {
        summary: 'How a key is revoked at its vendor, and the record that it was',
        load: async () => (await import('./commands/leakRevoke.js')).leakRevoke,
      },
      check: {
        summary: 'Ask the vendor whether a key still works, and record what it says',
        load: async () => (await import('./commands/leakCheck.js')).leakCheck,
      },
      exposure: {
        summary: 'What a key was used for, and what of that is anomalous',
        load: async () => (await import('./commands/leakExposure.js')).leakExposure,
      },
      reviewed: {
        summary: 'Record who looked at what was done with a key, and what came of it',
        load: async () => (await import('./commands/leakReviewed.js')).leakReviewed,
      },
      evidence: {
        summary: 'Write all that is known of a case into a directory',
        load: async () => (await import('./commands/leakEvidence.js')).leakEvidence,
      },
      certificate: {
        summary: 'That the secret of a key is destroyed here, with what shows it',
        load: async () => (await import('./commands/leakCertificate.js')).leakCertificate,
      },
      verify: {
        summary: 'Hold a certificate of destruction against the log',
        load: async () => (await import('./commands/leakVerify.js')).leakVerify,
      },
      drill: {
        summary: 'Rehearse a leak on made-up data, from the mail to the closed case',
        load: async () => (await import('./commands/leakDrill.js')).leakDrill,
      },
      close: {
        summary: 'Close a case, with what it came to',
        load: async () => (await import('./commands/leakClose.js')).leakClose,
      },
    },
  },
  history: {
    summary: 'The keyring as it stood at a time, rebuilt from the events alone',
    load: async () => (await import('./commands/history.js')).history,
  },
  status: {
    summary: 'What works and what does not',
    load: async () => (await import('./commands/status.js')).status,
  },
  serve: {
    summary: 'Open the screens in a browser, on this machine alone',
    load: async () => (await import('./commands/serve.js')).serve,
  },
  doctor: {
    summary: 'Look at everything that can be wrong, and say what to do',
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  sweep: {
    summary: 'Repair what a killed process left half done',
    load: async () => (await import('./commands/sweep.js')).sweep,
  },
  log: {
    summary: 'The event log as a whole, after a disaster',
    members: {
      accept: {
        summary: 'Accept that the log lost its end, after a restore',
        load: async () => (await import('./commands/logAccept.js')).logAccept,
      },
      disown: {
        summary: 'Disown what somebody without the vault wrote to the log',
        load: async () => (await import('./commands/logDisown.js')).logDisown,
      },
    },
  },
  verify: {
    summary: 'Look whether events, vault and read models are what was written',
    load: async () => (await import('./commands/verify.js')).verify,
  },
  backup: {
    summary: 'Back up the data directory while services run',
    load: async () => (await import('./commands/backup.js')).backup,
  },
  restore: {
    summary: 'Restore a backup into an empty data directory',
    load: async () => (await import('./commands/restore.js')).restore,
  },
  migrate: {
    summary: 'Bring vault and events of an older release to the formats of this one',
    load: async () => (await import('./commands/migrate.js')).migrate,
  },
  vault: {
    summary: 'The vault that holds the sealed keys',
    members: {
      info: {
        summary: 'Which deployment the vault is of, and which master key opens it',
        load: async () => (await import('./commands/vaultInfo.js')).vaultInfo,
      },
      'rotate-master-key': {
        summary: 'Give the vault another master key, while it serves',
        load: async () => (await import('./commands/vaultRotateMasterKey.js')).vaultRotateMasterKey,
      },
    },
  },
  projections: {
    summary: 'The read models that lists and the audit log come from',
    members: {
      status: {
        summary: 'How far each read model has come, and why one stands still',
        load: async () => (await import('./commands/projections.js')).projectionsStatus,
      },
      rebuild: {
        summary: 'Build a read model anew from the events, and swap it in when it is whole',
        load: async () => (await import('./commands/projections.js')).projectionsRebuild,
      },
    },
  },
  completion: {
    summary: 'What a shell is to source, to complete commands and options',
    load: async () => {
      const { completion } = await import('./commands/completion.js');
      return completion(async () => (await import('./completion/commandTree.js')).commandTree(COMMANDS));
    },
  },
};

/** The words of every command, in the order of help. */
export const commandWords: ReadonlyArray<ReadonlyArray<string>> = Object.entries(COMMANDS).flatMap(
  ([name, entry]) =>
    'members' in entry ? Object.keys(entry.members).map((member) => [name, member]) : [[name]],
);
