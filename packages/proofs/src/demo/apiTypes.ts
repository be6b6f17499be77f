// Made by openapi-typescript of docs/openapi.json. Do not edit: node scripts/openapi.mjs --write
export interface paths {
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a page of the log of all of the caller's workspaces */
    get: operations['readAuditOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-counts/{by}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Count entries of the log of all of the caller's workspaces */
    get: operations['countAuditOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export every entry of the log of all of the caller's workspaces
     * @description A line of JSON for each, oldest first unless said otherwise. Nothing is cut.
     */
    get: operations['exportAuditOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-nearest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find the name that was probably meant, in the log of all of the caller's workspaces */
    get: operations['nearestInAuditOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-standing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show what vouches for the log of all of the caller's workspaces */
    get: operations['checkedAuditOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show how this deployment is
     * @description For those who run it: it says what is broken, in words of the machine.
     */
    get: operations['readHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys-due': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the keys of all workspaces that are due for rotation */
    get: operations['listAllKeysDue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/log/losses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the workspaces whose log lost its end */
    get: operations['listLosses'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/refused-attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what was refused, of the log of all of the caller's workspaces
     * @description Newest first. They are no events, and are those that this machine refused.
     */
    get: operations['readRefusedOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: close a workspace for good, and destroy its keys
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseCloseWorkspace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: set the Default of a workspace
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseSetDefault'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/expire-runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: end every run whose lease is over
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseExpireRuns'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: add a key
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseAddKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: delete a key: at once, or when the last run that holds it ends
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseDeleteKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/expiry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: say when a key is to be replaced
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseSetKeyExpiry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/hard-delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: destroy a key now, whatever holds it
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseHardDeleteKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/label': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: give a key another label, or none
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseRelabelKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/validate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: test-call a key on file again
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseValidateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/log/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: accept that a log lost its end
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseAcceptLog'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/log/disown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: disown what somebody without the vault wrote to the end of a log
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseDisownEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/projects/{projectId}/clear-default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: let a project use the workspace's Default again
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseClearProjectDefault'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/projects/{projectId}/default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: set the Default of one project
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseSetProjectDefault'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: pin a run to its key
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseStartRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/runs/{runId}/finish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: end a run's hold on its key
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseFinishRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/runs/{runId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: renew a run's lease
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseResumeRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: close a leak case for all keys of the workspace
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseCloseLeakCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/reinstate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: let a suspended key serve again
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseReinstateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: mark the secret of a key as leaked
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseReportLeak'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: record what came of looking at what was done with a key
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseRecordLeakReview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/revocation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: record that a key was revoked at its vendor
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseRecordRevocation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: give the secret of a key to nothing but a kill check
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseSuspendKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/rehearsals/workspaces/{workspaceId}/support/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What this would do: take a report of a leak back
     * @description Refused as the act itself would be. Nothing is written, sent or counted.
     */
    post: operations['rehearseWithdrawLeakReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/support/case': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show how a leak case stands in all workspaces */
    get: operations['showCaseOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/support/check-certificate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check a certificate against the log
     * @description It holds where neither list has a finding.
     */
    post: operations['checkCertificate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/support/find': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find keys of all workspaces by their value, their ending or their id
     * @description A pasted key is only recognised: it goes to no vendor, and nothing of it is stored or told.
     */
    post: operations['findKeysOfAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sweep': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Repair what a killed process left half done
     * @description Housekeeping does it by itself. With `dryRun` it only tells what it would do.
     */
    post: operations['sweep'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/vendor-troubles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show which vendors many workspaces have trouble with
     * @description Of the last 15 minutes. No workspace is named.
     */
    get: operations['vendorTroubles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/vendors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the vendors whose keys are taken */
    get: operations['listVendors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/vendors/{vendor}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show a vendor */
    get: operations['showVendor'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Look whether events, vault and read models are what was written
     * @description Everything is read, which may take long. What is wrong is in `findings`.
     */
    post: operations['verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspace-nearest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find the workspace that was probably meant */
    get: operations['nearestWorkspace'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the caller's workspaces
     * @description By id. One that no event names yet is not among them.
     */
    get: operations['listWorkspaces'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show a workspace */
    get: operations['showWorkspace'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a page of the log of a workspace */
    get: operations['readAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/audit-counts/{by}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Count entries of the log of a workspace */
    get: operations['countAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/audit-export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export every entry of the log of a workspace
     * @description A line of JSON for each, oldest first unless said otherwise. Nothing is cut.
     */
    get: operations['exportAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/audit-nearest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find the name that was probably meant, in the log of a workspace */
    get: operations['nearestInAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/audit-standing': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show what vouches for the log of a workspace */
    get: operations['checkedAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close a workspace for good, and destroy its keys */
    post: operations['closeWorkspace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set the Default of a workspace
     * @description New runs use this key from now on; runs under way keep theirs.
     */
    put: operations['setDefault'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/expire-runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End every run whose lease is over */
    post: operations['expireRuns'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show the keyring as it stood at a time
     * @description By the event store's clock; at its newest revision when `at` is left out.
     */
    get: operations['readHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the keys of a workspace
     * @description Keys on file and retired ones, oldest first. With `idPrefix` those whose id begins so, hard-deleted ones too.
     */
    get: operations['listKeys'];
    put?: never;
    /**
     * Add a key
     * @description Checks the paste, seals the key, records it and test-calls its vendor. Where the test call takes long, the answer comes before its outcome: the key is `pending`, and is to be asked for again. The test call goes on.
     */
    post: operations['addKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys-due': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the keys of a workspace that are due for rotation */
    get: operations['listKeysDue'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a key
     * @description By its id, or by at least 5 characters of its beginning that no other key of the workspace has.
     */
    get: operations['showKey'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/certificate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Certify that a key's secret was destroyed */
    get: operations['certifyDestruction'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Delete a key: at once, or when the last run that holds it ends
     * @description Rehearse it first, and hand over the `digest` of that as `If-Match`: it then does just that.
     */
    post: operations['deleteKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/expiry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say when a key is to be replaced */
    put: operations['setKeyExpiry'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/exposure': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Show what a key was used for, and what of that is anomalous
     * @description With `pasted` it tells where else the same secret is on file: that takes `FindKeys`, and all workspaces.
     */
    post: operations['showExposure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/hard-delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Destroy a key now, whatever holds it
     * @description The emergency path. It waits for no precondition.
     */
    post: operations['hardDeleteKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/label': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Give a key another label, or none */
    put: operations['relabelKey'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/keys/{keyId}/validate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Test-call a key on file again */
    post: operations['validateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/log/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Accept that a log lost its end */
    post: operations['acceptLog'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/log/disown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Disown what somebody without the vault wrote to the end of a log */
    post: operations['disownEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/log/unsealed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show what somebody without the vault wrote to the end of a log */
    get: operations['showUnsealed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/projects/{projectId}/clear-default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let a project use the workspace's Default again */
    post: operations['clearProjectDefault'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/projects/{projectId}/default': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the Default of one project */
    put: operations['setProjectDefault'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/refused-attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what was refused, of the log of a workspace
     * @description Newest first. They are no events, and are those that this machine refused.
     */
    get: operations['readRefused'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List runs and the keys that they hold or held
     * @description Newest first.
     */
    get: operations['listRuns'];
    put?: never;
    /**
     * Pin a run to its key
     * @description The key itself is handed over inside the service alone, never here.
     */
    post: operations['startRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/runs/{runId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a run
     * @description The newest of that id: one may be used again after a while.
     */
    get: operations['showRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/runs/{runId}/finish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a run's hold on its key */
    post: operations['finishRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/runs/{runId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Renew a run's lease */
    post: operations['resumeRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/at-vendor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show what a vendor's own calls take to revoke a key */
    get: operations['howToRevoke'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/at-vendor/find': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find a key in its vendor's own list
     * @description With the customer's own admin credential, which is kept nowhere.
     */
    post: operations['findAtVendor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/at-vendor/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Revoke a key through its vendor's own calls
     * @description With the customer's own admin credential, which is kept nowhere.
     */
    post: operations['revokeAtVendor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/at-vendor/usage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the vendor what it counted of a key
     * @description With the customer's own admin credential, which is kept nowhere. Its `csv` is `usage` of an exposure report.
     */
    post: operations['usageAtVendor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/case': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Show how a leak case stands in a workspace */
    get: operations['showCase'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask the vendor once whether a leaked key still works
     * @description Of a destroyed key hand over the key itself: its fingerprint has to match, and nothing is stored.
     */
    post: operations['checkLeak'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Close a leak case for all keys of the workspace */
    post: operations['closeLeakCase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/find': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find keys of a workspace by their value, their ending or their id
     * @description A pasted key is only recognised: it goes to no vendor, and nothing of it is stored or told.
     */
    post: operations['findKeys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/reinstate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Let a suspended key serve again */
    post: operations['reinstateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark the secret of a key as leaked */
    post: operations['reportLeak'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record what came of looking at what was done with a key */
    post: operations['recordLeakReview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/revocation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record that a key was revoked at its vendor */
    post: operations['recordRevocation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give the secret of a key to nothing but a kill check */
    post: operations['suspendKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/support/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take a report of a leak back */
    post: operations['withdrawLeakReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workspaces/{workspaceId}/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Look whether events, vault and read models of a workspace are what was written
     * @description What is wrong is in `findings`.
     */
    post: operations['verifyWorkspace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AcceptableLoss: {
      obstacle: string | null;
      workspaceId: string;
    };
    AcceptLogInput: {
      successor?: string;
    };
    ActionCount: {
      /** @enum {string} */
      action:
        | 'KeyAdded'
        | 'KeyAddAbandoned'
        | 'KeyRelabelled'
        | 'KeyExpiryChanged'
        | 'KeyTestCallStarted'
        | 'KeyValidated'
        | 'KeyValidationFailed'
        | 'KeyValidationInconclusive'
        | 'DefaultChanged'
        | 'KeyRetired'
        | 'KeyHardDeleted'
        | 'KeySecretDestroyed'
        | 'RunKeyPinned'
        | 'RunKeyResumed'
        | 'RunKeyReleased'
        | 'LogKeyRenewed'
        | 'LogRestored'
        | 'EventsDisowned'
        | 'WorkspaceClosed'
        | 'KeyReportedLeaked'
        | 'KeyLeakReportWithdrawn'
        | 'KeySuspended'
        | 'KeyReinstated'
        | 'KeyKillChecked'
        | 'KeyRevocationRecorded'
        | 'LeakReviewed'
        | 'LeakCaseClosed';
      count: number;
    };
    ActorCount: {
      actorId: string;
      /** @enum {string} */
      actorKind: 'user' | 'service' | 'support' | 'system';
      count: number;
    };
    AddKeyInput: {
      /** @description Take off what does not belong to the key. */
      clean?: boolean;
      endpoint?: string | null;
      expiresAt?: number | null;
      /** @description Take off what does not belong to the key. */
      keyIsCertain?: boolean;
      label?: string | null;
      model?: string | null;
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      pasted: string;
      region?: string | null;
      vendor: string;
      /** @description Take off what does not belong to the key. */
      vendorIsCertain?: boolean;
    };
    AllLogs: {
      /** @constant */
      of: 'all';
      sealedWorkspaces: number;
      stopped: components['schemas']['StoppedWorkspace'][];
      workspaces: number;
    };
    AuditCounts: {
      counts: (
        | components['schemas']['KeyCount']
        | components['schemas']['ActorCount']
        | components['schemas']['ActionCount']
        | components['schemas']['DayCount']
      )[];
      log: components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
      total: number;
    };
    AuditEntry: {
      actorId: string;
      /** @enum {string} */
      actorKind: 'user' | 'service' | 'support' | 'system';
      caseId: string | null;
      causationId: string;
      cause: string | null;
      /** @description Take off what does not belong to the key. */
      clocksDiffer: boolean;
      commandId: string;
      correlationId: string;
      eventId: string;
      keyId: string | null;
      label: string | null;
      last4: string | null;
      originRef: string | null;
      position: string;
      previousKeyId: string | null;
      projectId: string | null;
      recordedAfter: number | null;
      /** @description Milliseconds since 1970. */
      recordedAt: number;
      revision: number;
      runId: string | null;
      sentence: string;
      sequence: number;
      /** @description Milliseconds since 1970. */
      time: number;
      /** @enum {string} */
      type:
        | 'KeyAdded'
        | 'KeyAddAbandoned'
        | 'KeyRelabelled'
        | 'KeyExpiryChanged'
        | 'KeyTestCallStarted'
        | 'KeyValidated'
        | 'KeyValidationFailed'
        | 'KeyValidationInconclusive'
        | 'DefaultChanged'
        | 'KeyRetired'
        | 'KeyHardDeleted'
        | 'KeySecretDestroyed'
        | 'RunKeyPinned'
        | 'RunKeyResumed'
        | 'RunKeyReleased'
        | 'LogKeyRenewed'
        | 'LogRestored'
        | 'EventsDisowned'
        | 'WorkspaceClosed'
        | 'KeyReportedLeaked'
        | 'KeyLeakReportWithdrawn'
        | 'KeySuspended'
        | 'KeyReinstated'
        | 'KeyKillChecked'
        | 'KeyRevocationRecorded'
        | 'LeakReviewed'
        | 'LeakCaseClosed';
      vendor: string | null;
      workspaceId: string;
    };
    AuditPage: {
      /** @description Take off what does not belong to the key. */
      clocksInDoubt: boolean;
      entries: components['schemas']['AuditEntry'][];
      log: components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
    };
    BrokenDefault: {
      candidates: components['schemas']['KeySummary'][];
      key: components['schemas']['KeySummary'];
      projectId: string | null;
    };
    CertificateCheck: {
      findings: components['schemas']['CertificateFinding'][];
      keyId: string;
      lines: number;
      logFindings: components['schemas']['LogFinding'][];
      workspaceId: string;
    };
    CertificateFinding: {
      line: number;
      log: string | null;
      says: string | null;
    };
    CertifiedDeletion: {
      /** @description Milliseconds since 1970. */
      at: number;
      by: string;
      caseId: string | null;
      /** @enum {string} */
      cause: 'deleted' | 'drained' | 'emergency' | 'workspace-closed';
      chain: string;
      interruptedRuns: number;
      revision: number;
    };
    CertifiedDestruction: {
      /** @description Milliseconds since 1970. */
      at: number;
      by: string;
      chain: string;
      receipt: components['schemas']['DestructionReceipt'];
      revision: number;
    };
    CertifiedEvent: {
      /** @description Milliseconds since 1970. */
      at: number;
      by: string;
      chain: string;
      revision: number;
    };
    CheckCertificateInput: {
      text: string;
    };
    CheckLeakInput: {
      caseId: string;
      keyId: string;
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      pasted?: string;
    };
    ClosedKey: {
      interruptedRuns: string[];
      key: components['schemas']['KeySummary'];
      reason: string | null;
      receipt: components['schemas']['DestructionReceipt'] | null;
      /** @enum {string} */
      state: 'confirmed' | 'pending';
    };
    CloseLeakCaseInput: {
      caseId: string;
      leftOpen?: components['schemas']['LeftOpen'][];
    };
    CloseWorkspaceInput: {
      caseId: string;
    };
    CountedRefusals: {
      actorId: string | null;
      actorKind: ('user' | 'service' | 'support') | null;
      count: number;
      hour: number | null;
      workspaceId: string | null;
    };
    DayCount: {
      count: number;
      day: string;
    };
    DefaultChange: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      key: components['schemas']['KeySummary'];
      keyringRevision: number;
      position: string | null;
      projectsLeft: string[];
      projectsMoved: string[];
    };
    DefaultChoice: {
      /** @constant */
      kind: 'default';
    };
    DefaultClearing: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      keyringRevision: number;
      position: string | null;
    };
    DefaultKey: {
      keyId: string;
      label: string | null;
      last4: string;
      vendor: string;
    };
    DefaultMove: {
      actor: string;
      /** @description Milliseconds since 1970. */
      at: number;
      projectId: string | null;
      sequence: number;
      /** @enum {string} */
      to: 'this-key' | 'another-key' | 'none';
    };
    DeleteKeyInput: {
      /** @description Take off what does not belong to the key. */
      leaveEmpty?: boolean;
      successor?: string;
    };
    Destruction: {
      keyId: string;
      proof: ('erased' | 'row') | null;
      reason: string | null;
      /** @enum {string} */
      state: 'confirmed' | 'pending';
    };
    DestructionCertificate: {
      added: components['schemas']['CertifiedEvent'];
      deploymentId: string;
      destroyed: components['schemas']['CertifiedDestruction'];
      hardDeleted: components['schemas']['CertifiedDeletion'];
      keyId: string;
      label: string | null;
      last4: string;
      text: string;
      vendor: string;
      workspaceId: string;
    };
    DestructionReceipt: {
      checks: string[];
      dataKeysDestroyed: number;
      /** @description Milliseconds since 1970. */
      destroyedAt: number;
      method: string;
      /** @enum {string} */
      proof?: 'erased' | 'row';
      secretsDestroyed: number;
    };
    DisownedEvents: {
      digest: string;
      from: number;
      /** @description Take off what does not belong to the key. */
      lossToAccept: boolean;
      position: string | null;
      revision: number;
      to: number;
    };
    DisownEventsInput: {
      from: number;
      /** @description Take off what does not belong to the key. */
      honestToo?: boolean;
    };
    Evidence: {
      at: number | null;
      sequence: number | null;
      what: string;
    };
    Exposure: {
      counts: components['schemas']['ExposureCounts'];
      defaultMoves: components['schemas']['DefaultMove'][];
      holds: components['schemas']['KeyHold'][];
      key: components['schemas']['KnownKey'];
      refusals: components['schemas']['RefusalLine'][];
      refusalsCounted: components['schemas']['CountedRefusals'][];
      reportedAt: number | null;
      rules: components['schemas']['RuleAnswer'][];
      suspectedSince: number | null;
      usage: components['schemas']['UsageRead'] | null;
      uses: components['schemas']['KeyUse'][];
      vendor: components['schemas']['VendorCover'] | null;
      window: components['schemas']['ExposureWindow'];
      workspaceId: string;
    };
    ExposureCounts: {
      afterSuspected: number | null;
      defaultMoves: number;
      interruptedRuns: number;
      pinned: number;
      resumed: number;
      testCalls: number;
    };
    ExposureInput: {
      /** @description Take off what does not belong to the key. */
      habits?: boolean;
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      pasted?: string;
      /** @description Milliseconds since 1970. */
      since?: number;
      /** @description Milliseconds since 1970. */
      until?: number;
      /** @description What the vendor counted, as the text of one of its files or of CSV ('start,end,requests'). */
      usage?: string;
    };
    ExposureWindow: {
      /** @description Milliseconds since 1970. */
      since: number;
      /** @description Milliseconds since 1970. */
      until: number;
    };
    FaultCounts: {
      vendors: number;
      vendorsTroubled: number;
      windowMinutes: number;
      workspaces: number;
      workspacesTroubled: number;
    };
    FindAtVendorInput: {
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      adminCredential: string;
      caseId: string;
      keyId: string;
      place?: string | null;
    };
    FindKeysInput: {
      /** @description The `next` of the page before. */
      cursor?: string;
      keyId?: string;
      last4?: string;
      /** @description 50 when left out. */
      limit?: number;
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      pasted?: string;
    };
    FinishRunInput: {
      /** @enum {string} */
      outcome?: 'succeeded' | 'failed' | 'cancelled';
      vendorRequests?: number;
    };
    Foreseen: {
      /** @description A delete hands it back as `If-Match`, so that it does just this. */
      digest: string;
      /** @constant */
      dryRun: true;
      events: components['schemas']['ForeseenEvent'][];
      keyringRevision: number;
    };
    ForeseenEvent: {
      data: {
        [key: string]: unknown;
      };
      type: string;
    };
    FoundAtVendor: {
      keys: components['schemas']['KeyAtVendor'][];
      listed: number;
      madeLater: number;
      otherHint: number;
      vendor: string;
      vendorName: string;
    };
    FoundKeys: {
      keys: components['schemas']['KnownKey'][];
      log: components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
    };
    HardDeleteKeyInput: {
      caseId: string;
      /** @description Take off what does not belong to the key. */
      killCheck?: boolean;
      /** @enum {string} */
      reason?: 'leak' | 'other';
      successor?: string;
    };
    Health: {
      eventStore: components['schemas']['Reached'];
      housekeeping: components['schemas']['Housekeeping'] | null;
      projectionFault: string | null;
      projections: components['schemas']['Projection'][];
      refusalFault: string | null;
      secretsInUse: number;
      /** @enum {string} */
      status: 'ok' | 'degraded' | 'failing';
      vault: components['schemas']['Reached'];
    };
    Housekeeping: {
      overdueRuns: number;
      pending: number;
      projectionFault: string | null;
      sweepFault: string | null;
      sweptAt: number | null;
      unconfirmedDestructions: number;
    };
    KeyAddition: {
      /** @description Take off what does not belong to the key. */
      becameDefault: boolean;
      brokenDefaults: components['schemas']['BrokenDefault'][];
      formatWarning: string | null;
      key: components['schemas']['KeySummary'];
      keyringRevision: number;
      /** @description Take off what does not belong to the key. */
      newWorkspace: boolean;
      position: string | null;
      /** @description Null while the test call has no outcome that is recorded: ask for the key again, or test it again. */
      validation: components['schemas']['Validation'] | null;
    };
    KeyAtVendor: {
      createdAt: number | null;
      /** @enum {string} */
      fits: 'hint' | 'unknown';
      hint: string | null;
      lastUsedAt: number | null;
      name: string | null;
      owner: string | null;
      /** @enum {string} */
      status: 'active' | 'inactive' | 'unknown';
      vendorKeyId: string;
    };
    KeyChange: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      key: components['schemas']['KeySummary'];
      keyringRevision: number;
      position: string | null;
    };
    KeyChoice: {
      keyId: string;
      /** @constant */
      kind: 'key';
    };
    KeyCount: {
      count: number;
      keyId: string | null;
      label: string | null;
      last4: string | null;
      vendor: string | null;
      workspaceId: string;
    };
    KeyDeletion: {
      /** @description Take off what does not belong to the key. */
      alreadyDeleted: boolean;
      destructions: components['schemas']['Destruction'][];
      interruptedRuns: string[];
      key: components['schemas']['KeySummary'];
      keyringRevision: number;
      killCheck: components['schemas']['KillCheckAnswer'] | null;
      openRuns: number;
      position: string | null;
      sameSecret: components['schemas']['KeySummary'][];
      /** @enum {string} */
      state: 'retired' | 'hard-deleted';
    };
    KeyHold: {
      /** @description Milliseconds since 1970. */
      from: number;
      /** @description Take off what does not belong to the key. */
      interrupted: boolean;
      /** @description Take off what does not belong to the key. */
      isEnded: boolean;
      outcome: string | null;
      runId: string;
      /** @description Milliseconds since 1970. */
      to: number;
    };
    KeyList: {
      keys: components['schemas']['KnownKey'][];
      log: components['schemas']['WorkspaceLog'];
    };
    KeyringThen: {
      keys: components['schemas']['KeySummary'][];
      openRuns: components['schemas']['OpenRun'][];
      projectDefaults: components['schemas']['ProjectDefault'][];
      recordedAt: number | null;
      recordedLater: components['schemas']['Revisions'][];
      revision: number;
      /** @description Take off what does not belong to the key. */
      timesInOrder: boolean;
      workspaceDefault: string | null;
    };
    KeysByStatus: {
      active: number;
      failed: number;
      'hard-deleted': number;
      pending: number;
      retired: number;
    };
    KeysDuePage: {
      keys: components['schemas']['KnownKey'][];
      log: components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
      rotateAfterDays: number;
    };
    KeySummary: {
      display: string;
      expiresAt: number | null;
      /** @description Take off what does not belong to the key. */
      isDefault: boolean;
      keyId: string;
      label: string | null;
      last4: string;
      /** @enum {string} */
      status: 'pending' | 'active' | 'failed' | 'retired' | 'hard-deleted';
      vendor: string;
    };
    KeyUse: {
      actor: string;
      /** @description Milliseconds since 1970. */
      at: number;
      cause: string | null;
      /** @enum {string} */
      kind: 'pinned' | 'resumed' | 'test-call';
      originRef: string | null;
      projectId: string | null;
      runId: string | null;
      sequence: number;
    };
    KeyValidation: {
      brokenDefaults: components['schemas']['BrokenDefault'][];
      key: components['schemas']['KeySummary'];
      keyringRevision: number;
      position: string | null;
      testCalls: number;
      validation: components['schemas']['Validation'];
    };
    KillCheckAnswer: {
      attempts: number;
      /** @enum {string} */
      control: 'passed' | 'failed' | 'none';
      /** @description Take off what does not belong to the key. */
      counts: boolean;
      /** @description Take off what does not belong to the key. */
      dead: boolean;
      /** @enum {string} */
      says: 'dead' | 'alive' | 'alive-unfunded' | 'cannot-tell' | 'not-checkable';
    };
    KnownKey: {
      /** @description Milliseconds since 1970. */
      addedAt: number;
      destroyedAt: number | null;
      display: string;
      endpoint: string | null;
      expiresAt: number | null;
      failureReason: ('unfunded' | 'restricted' | 'rejected' | 'leaked' | 'misdirected') | null;
      fault: ('this-key' | 'vendor-wide' | 'platform-side') | null;
      faultCounts: components['schemas']['FaultCounts'] | null;
      faultSentence: string | null;
      /** @description Take off what does not belong to the key. */
      hardDeleted: boolean;
      hardDeletedAt: number | null;
      /** @description Take off what does not belong to the key. */
      isDefault: boolean;
      keyId: string;
      label: string | null;
      last4: string;
      lastUsedAt: number | null;
      lastValidatedAt: number | null;
      leakCases: string[];
      model: string | null;
      projectDefaults: string[];
      region: string | null;
      reportedLeakedAt: number | null;
      rotateBecause: ('age' | 'expiry') | null;
      rotateBy: number | null;
      runsInFlight: number;
      /** @enum {string} */
      status: 'pending' | 'active' | 'failed' | 'retired' | 'hard-deleted';
      /** @description Take off what does not belong to the key. */
      suspended: boolean;
      vendor: string;
      /** @description Take off what does not belong to the key. */
      wasDefault: boolean;
      workspaceId: string;
    };
    LeakCaseClosing: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      keyringRevision: number;
      outcomes: components['schemas']['LeakOutcome'][];
      position: string | null;
    };
    LeakCaseKey: {
      keyId: string;
      label: string | null;
      last4: string;
      minutesToDead: number | null;
      minutesToRevoked: number | null;
      next:
        | (
            | 'find'
            | 'report'
            | 'stop-stranger'
            | 'successor'
            | 'revoke'
            | 'kill-check'
            | 'hard-delete'
            | 'review'
            | 'close'
          )
        | null;
      /** @description Take off what does not belong to the key. */
      notCheckable: boolean;
      openRuns: string[];
      /** @enum {string} */
      outcome: 'contained' | 'revoked-unconfirmed' | 'not-contained' | 'withdrawn';
      /** @enum {string} */
      status: 'pending' | 'active' | 'failed' | 'retired' | 'hard-deleted';
      steps: components['schemas']['LeakStepStanding'][];
      /** @description Take off what does not belong to the key. */
      suspended: boolean;
      vendor: string;
      workspaceId: string;
    };
    LeakChecked: {
      attempts: number;
      /** @enum {string} */
      control: 'passed' | 'failed' | 'none';
      /** @description Take off what does not belong to the key. */
      counts: boolean;
      /** @description Take off what does not belong to the key. */
      dead: boolean;
      keyringRevision: number;
      position: string | null;
      /** @enum {string} */
      says: 'dead' | 'alive' | 'alive-unfunded' | 'cannot-tell' | 'not-checkable';
    };
    LeakOutcome: {
      keyId: string;
      /** @enum {string} */
      outcome: 'contained' | 'revoked-unconfirmed' | 'not-contained' | 'withdrawn';
    };
    LeakRecorded: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      keyringRevision: number;
      position: string | null;
    };
    LeakStatus: {
      caseId: string;
      /** @description Take off what does not belong to the key. */
      closed: boolean;
      hiddenWorkspaces: number;
      keys: components['schemas']['LeakCaseKey'][];
    };
    LeakStepMark: {
      actor: components['schemas']['Who'];
      /** @description Milliseconds since 1970. */
      at: number;
      event: string;
    };
    LeakStepStanding: {
      /** @description Take off what does not belong to the key. */
      done: boolean;
      mail: string;
      mark: components['schemas']['LeakStepMark'] | null;
      /** @enum {string} */
      step:
        | 'find'
        | 'report'
        | 'stop-stranger'
        | 'successor'
        | 'revoke'
        | 'kill-check'
        | 'hard-delete'
        | 'review'
        | 'close';
    };
    LeftOpen: {
      reason: string;
      /** @enum {string} */
      step: 'stop-stranger' | 'successor' | 'revoke' | 'kill-check' | 'hard-delete' | 'review';
    };
    LogAcceptance: {
      hardDeletedAgain: string[];
      keysWithoutSecret: string[];
      known: number;
      left: number;
      lostKeys: string[];
      position: string | null;
      revision: number;
    };
    LogFinding: {
      keyId: string | null;
      /** @enum {string} */
      kind:
        | 'log-damaged'
        | 'log-behind'
        | 'witness-differs'
        | 'witness-damaged'
        | 'snapshot-damaged'
        | 'key-lost-from-log'
        | 'secret-lost-from-vault'
        | 'secret-damaged'
        | 'undestroyed-secret'
        | 'not-checked';
      next: string;
      revision: number | null;
      stream: string | null;
      what: string;
      workspaceId: string | null;
    };
    Losses: {
      losses: components['schemas']['AcceptableLoss'][];
    };
    Nearest: {
      nearest: string | null;
    };
    NearestWorkspace: {
      nearest: string | null;
    };
    OpenRun: {
      /** @enum {string} */
      choice: 'workspace-default' | 'project-default' | 'explicit-vendor' | 'explicit-key';
      /** @description Take off what does not belong to the key. */
      interrupted: boolean;
      keyId: string;
      /** @description Milliseconds since 1970. */
      leaseUntil: number;
      projectId: string | null;
      requested:
        | components['schemas']['DefaultChoice']
        | components['schemas']['VendorChoice']
        | components['schemas']['KeyChoice'];
      runId: string;
      /** @description Milliseconds since 1970. */
      startedAt: number;
      vendor: string;
    };
    Problem: {
      detail: string;
      facts?: {
        [key: string]: unknown;
      };
      next?: string[];
      /** @description Take off what does not belong to the key. */
      retryable: boolean;
      status: number;
      title: string;
      /** @enum {string} */
      type:
        | 'admin-credential-from-support'
        | 'admin-credential-not-permitted'
        | 'admin-credential-refused'
        | 'admin-credential-unfit'
        | 'admin-credentials-not-taken'
        | 'away'
        | 'body-broken-off'
        | 'body-too-large'
        | 'broken'
        | 'clock-departs'
        | 'command-id-reused'
        | 'command-too-old'
        | 'cross-site'
        | 'default-not-active'
        | 'fingerprint-leaked'
        | 'invalid-input'
        | 'invalid-query'
        | 'key-already-on-file'
        | 'key-ambiguous'
        | 'key-id-used'
        | 'key-limit-reached'
        | 'key-not-active'
        | 'key-not-hard-deleted'
        | 'key-not-on-file'
        | 'key-reported-leaked'
        | 'key-suspended'
        | 'last-key'
        | 'leak-not-reported'
        | 'leak-report-final'
        | 'leak-steps-open'
        | 'lease-exhausted'
        | 'lease-out-of-range'
        | 'malformed-json'
        | 'method-not-allowed'
        | 'no-admin-api'
        | 'no-default'
        | 'no-key-on-file'
        | 'not-permitted'
        | 'nothing-to-accept'
        | 'nothing-to-disown'
        | 'paste-admin-key'
        | 'paste-empty'
        | 'paste-encoded'
        | 'paste-invisible-character'
        | 'paste-not-text'
        | 'paste-odd-character'
        | 'paste-other-secret'
        | 'paste-placeholder'
        | 'paste-prefixed'
        | 'paste-quoted'
        | 'paste-several-keys'
        | 'paste-surrounded'
        | 'paste-too-long'
        | 'paste-too-short'
        | 'paste-white-space'
        | 'paste-wrong-vendor'
        | 'precondition-failed'
        | 'precondition-required'
        | 'rate-limited'
        | 'revision-conflict'
        | 'run-already-ended'
        | 'run-already-open'
        | 'run-already-pinned'
        | 'run-interrupted'
        | 'run-not-open'
        | 'step-up-required'
        | 'successor-is-the-key'
        | 'successor-needed'
        | 'successor-not-active'
        | 'successor-not-on-file'
        | 'successor-reported-leaked'
        | 'text-contains-secret'
        | 'too-many-leak-cases'
        | 'too-many-open-runs'
        | 'too-many-project-defaults'
        | 'too-many-requests'
        | 'unauthenticated'
        | 'unknown-key'
        | 'unknown-leak-case'
        | 'unknown-path'
        | 'unknown-run'
        | 'unknown-vendor'
        | 'unknown-workspace'
        | 'unsupported-media-type'
        | 'vendor-has-no-active-key'
        | 'vendor-is-ambiguous'
        | 'vendor-key-unfit'
        | 'vendor-unavailable'
        | 'workspace-closed'
        | 'wrong-workspace';
    };
    ProjectDefault: {
      keyId: string;
      projectId: string;
    };
    Projection: {
      events: number;
      head: string | null;
      lag: string;
      lastError: string | null;
      /** @enum {string} */
      name: 'key-list' | 'run-usage' | 'audit-log';
      /** @description Take off what does not belong to the key. */
      outdated: boolean;
      position: string | null;
      rebuild: components['schemas']['Rebuild'] | null;
      sealedWorkspaces: number;
      stopped: components['schemas']['StoppedWorkspace'][];
      /** @description Milliseconds since 1970. */
      updatedAt: number;
      version: number;
      workspaces: number;
    };
    Reached: {
      fault: string | null;
      /** @description Take off what does not belong to the key. */
      reachable: boolean;
    };
    Rebuild: {
      position: string | null;
    };
    RecordLeakReviewInput: {
      caseId: string;
      explained?: string[];
      from?: number | null;
      keyId: string;
      note?: string | null;
      unexplained?: string[];
      /** @description Milliseconds since 1970. */
      until: number;
      uses: number;
    };
    RecordRevocationInput: {
      caseId: string;
      /** @enum {string} */
      how: 'console' | 'vendor-api' | 'told';
      keyId: string;
      /** @description Milliseconds since 1970. */
      revokedAt: number;
      revokedBy?: string | null;
      /** @enum {string} */
      undo?: 'yes' | 'no' | 'unknown';
      undoUntil?: number | null;
    };
    RefusalLine: {
      action: string;
      actorId: string | null;
      actorKind: ('user' | 'service' | 'support') | null;
      /** @description Milliseconds since 1970. */
      at: number;
      /** @enum {string} */
      code:
        | 'not-permitted'
        | 'admin-credential-from-support'
        | 'unknown-workspace'
        | 'unknown-key'
        | 'unknown-leak-case'
        | 'revision-conflict'
        | 'command-id-reused'
        | 'command-too-old'
        | 'workspace-closed'
        | 'key-id-used'
        | 'key-already-on-file'
        | 'fingerprint-leaked'
        | 'key-limit-reached'
        | 'key-not-on-file'
        | 'key-not-active'
        | 'key-not-hard-deleted'
        | 'no-key-on-file'
        | 'too-many-project-defaults'
        | 'no-default'
        | 'default-not-active'
        | 'successor-needed'
        | 'successor-is-the-key'
        | 'successor-not-on-file'
        | 'successor-not-active'
        | 'successor-reported-leaked'
        | 'last-key'
        | 'vendor-has-no-active-key'
        | 'vendor-is-ambiguous'
        | 'run-already-pinned'
        | 'run-already-open'
        | 'run-already-ended'
        | 'run-not-open'
        | 'run-interrupted'
        | 'lease-exhausted'
        | 'too-many-open-runs'
        | 'key-suspended'
        | 'key-reported-leaked'
        | 'leak-not-reported'
        | 'leak-report-final'
        | 'too-many-leak-cases'
        | 'leak-steps-open'
        | 'nothing-to-accept'
        | 'nothing-to-disown'
        | 'clock-departs'
        | 'no-admin-api'
        | 'admin-credential-refused'
        | 'admin-credential-not-permitted'
        | 'wrong-workspace'
        | 'invalid-input'
        | 'text-contains-secret'
        | 'unknown-vendor'
        | 'key-ambiguous'
        | 'admin-credential-unfit'
        | 'vendor-key-unfit'
        | 'lease-out-of-range'
        | 'paste-empty'
        | 'paste-too-short'
        | 'paste-too-long'
        | 'paste-several-keys'
        | 'paste-admin-key'
        | 'paste-encoded'
        | 'paste-wrong-vendor'
        | 'paste-other-secret'
        | 'paste-not-text'
        | 'paste-placeholder'
        | 'paste-invisible-character'
        | 'paste-prefixed'
        | 'paste-surrounded'
        | 'paste-odd-character'
        | 'paste-quoted'
        | 'paste-white-space'
        | 'rate-limited'
        | 'vendor-unavailable';
      keyId: string | null;
      originRef: string | null;
      runId: string | null;
      sequence: number;
      workspaceId: string | null;
    };
    RefusedPage: {
      counted: components['schemas']['CountedRefusals'][];
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
      refusals: components['schemas']['RefusalLine'][];
    };
    ReinstateKeyInput: {
      caseId: string;
      keyId: string;
    };
    RelabelKeyInput: {
      label: string | null;
    };
    ReportLeakInput: {
      caseId: string;
      keyId: string;
      reportedBy?: string | null;
      source?: string | null;
      /** @enum {string} */
      stranger?: 'yes' | 'no' | 'unknown';
      suspectedSince?: number | null;
      /** @enum {string} */
      usedElsewhere?: 'yes' | 'no' | 'unknown';
    };
    ResumeRunInput: {
      leaseSeconds?: number;
    };
    Revisions: {
      first: number;
      last: number;
    };
    RevokeAtVendorInput: {
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      adminCredential: string;
      caseId: string;
      keyId: string;
      place?: string | null;
      vendorKeyId: string;
    };
    RevokedAtVendor: {
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      /** @description Take off what does not belong to the key. */
      dead: boolean;
      /** @description Take off what does not belong to the key. */
      deadByList: boolean;
      instead: string | null;
      keyringRevision: number;
      killCheckSays: ('dead' | 'alive' | 'alive-unfunded' | 'cannot-tell' | 'not-checkable') | null;
      listShows: ('inactive' | 'absent' | 'active' | 'unknown') | null;
      /** @enum {string} */
      outcome: 'revoked' | 'already-inactive' | 'not-found' | 'not-revocable' | 'unavailable';
      position: string | null;
      reason: string | null;
      undo: components['schemas']['VendorUndo'] | null;
    };
    RuleAnswer: {
      because: string | null;
      evidence: components['schemas']['Evidence'][];
      /** @enum {string} */
      rule:
        | 'first-actor'
        | 'first-origin'
        | 'first-project'
        | 'after-default-moved'
        | 'after-report'
        | 'keyring-acts'
        | 'burst'
        | 'unusual-hour'
        | 'same-secret-elsewhere'
        | 'refused-attempts'
        | 'unexplained-at-vendor';
      /** @enum {string} */
      state: 'found' | 'clear' | 'not-judged';
    };
    RunPin: {
      /** @enum {string} */
      choice: 'workspace-default' | 'project-default' | 'explicit-vendor' | 'explicit-key';
      keyId: string;
      keyringRevision: number;
      last4: string;
      /** @description Milliseconds since 1970. */
      leaseUntil: number;
      position: string | null;
      projectId: string | null;
      runId: string;
      vendor: string;
    };
    RunsPage: {
      log: components['schemas']['WorkspaceLog'];
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
      runs: components['schemas']['RunUsage'][];
    };
    RunsReleased: {
      destructions: components['schemas']['Destruction'][];
      keyringRevision: number;
      position: string | null;
      released: string[];
    };
    RunUsage: {
      /** @enum {string} */
      choice: 'workspace-default' | 'project-default' | 'explicit-vendor' | 'explicit-key';
      /** @description Take off what does not belong to the key. */
      interrupted: boolean;
      keyId: string;
      last4: string | null;
      /** @description Milliseconds since 1970. */
      leaseUntil: number;
      outcome: ('succeeded' | 'failed' | 'cancelled' | 'lease-expired') | null;
      /** @description Milliseconds since 1970. */
      pinnedAt: number;
      pinRevision: number;
      projectId: string | null;
      releasedAt: number | null;
      requested:
        | components['schemas']['DefaultChoice']
        | components['schemas']['VendorChoice']
        | components['schemas']['KeyChoice'];
      resumed: number;
      runId: string;
      vendor: string;
      workspaceId: string;
    };
    SetDefaultInput: {
      keyId: string;
      /** @enum {string} */
      projects?: 'stay' | 'follow';
    };
    SetKeyExpiryInput: {
      expiresAt: number | null;
    };
    SetProjectDefaultInput: {
      keyId: string;
    };
    StartRunInput: {
      choice?:
        | components['schemas']['DefaultChoice']
        | components['schemas']['VendorChoice']
        | components['schemas']['KeyChoice'];
      leaseSeconds?: number;
      projectId?: string;
      runId: string;
    };
    StoppedWorkspace: {
      /** @enum {string} */
      code:
        | 'log-damaged'
        | 'undecodable-event'
        | 'incomplete-command'
        | 'stream-deleted'
        | 'stream-tombstoned'
        | 'stream-cut';
      message: string;
      revision: number;
      stream: string;
      workspaceId: string;
    };
    SuspendKeyInput: {
      caseId: string;
      keyId: string;
    };
    SweepInput: {
      /** @description Take off what does not belong to the key. */
      dryRun?: boolean;
      /** @description Take off what does not belong to the key. */
      expire?: boolean;
      graceMs?: number;
    };
    SweepPending: {
      code: string;
      keyId: string | null;
      kind:
        | (
            | 'orphan'
            | 'key-lost-from-log'
            | 'secret-lost-from-vault'
            | 'undestroyed-secret'
            | 'frozen-row'
            | 'key-of-closed-workspace'
            | 'untested-key'
            | 'lapsed-run'
          )
        | 'workspace';
      reason: string;
      runId: string | null;
      workspaceId: string;
    };
    SweepRepair: {
      keyId: string | null;
      /** @enum {string} */
      kind:
        | 'orphan'
        | 'key-lost-from-log'
        | 'secret-lost-from-vault'
        | 'undestroyed-secret'
        | 'frozen-row'
        | 'key-of-closed-workspace'
        | 'untested-key'
        | 'lapsed-run';
      runId: string | null;
      workspaceId: string;
    };
    SweepReport: {
      /** @description Take off what does not belong to the key. */
      dryRun: boolean;
      pending: components['schemas']['SweepPending'][];
      repairs: components['schemas']['SweepRepair'][];
      workspaces: number;
    };
    Unsealed: {
      unsealed: components['schemas']['UnsealedEnd'] | null;
    };
    UnsealedEnd: {
      events: components['schemas']['UnsealedEvent'][];
      from: number;
      /** @description Take off what does not belong to the key. */
      isHonestInPart: boolean;
      to: number;
    };
    UnsealedEvent: {
      eventId: string;
      /** @description Take off what does not belong to the key. */
      isCopy: boolean;
      /** @description Milliseconds since 1970. */
      recordedAt: number;
      revision: number;
      type: string;
    };
    UsageAtVendor: {
      buckets: number;
      csv: string | null;
      /** @enum {string} */
      outcome: 'usage' | 'no-usage-of-keys' | 'not-found';
      rowsWithoutKey: number;
      vendor: string;
      vendorName: string;
    };
    UsageAtVendorInput: {
      /**
       * Format: password
       * @description A key, or credential, as it was pasted. It is never given back.
       */
      adminCredential: string;
      caseId: string;
      /** @description Milliseconds since 1970. */
      from: number;
      keyId: string;
      place?: string | null;
      /** @description Milliseconds since 1970. */
      to: number;
      vendorKeyId: string;
    };
    UsageRead: {
      /** @enum {string} */
      format:
        | 'anthropic-usage'
        | 'anthropic-usage-report'
        | 'openai-usage-completions'
        | 'openrouter-activity'
        | 'csv';
      /** @description Take off what does not belong to the key. */
      morePages: boolean;
      rows: number;
      rowsOfOtherKeys: number;
      rowsWithoutKey: number;
    };
    Validation: {
      /** @description Milliseconds since 1970. */
      calledAt: number;
      cause:
        | (
            | 'scope'
            | 'address'
            | 'model'
            | 'organisation'
            | 'account'
            | 'region'
            | 'workspace'
            | 'endpoint'
            | 'deployment'
            | 'key-kind'
            | 'credit'
          )
        | null;
      condition: ('completed' | 'throttled') | null;
      endpointOverride: string | null;
      fault: ('this-key' | 'vendor-wide' | 'platform-side') | null;
      faultCounts: components['schemas']['FaultCounts'] | null;
      faultSentence: string | null;
      httpStatus: number | null;
      latencyMs: number;
      /** @enum {string} */
      outcome: 'accepted' | 'failed' | 'inconclusive';
      reason:
        | (
            | 'unfunded'
            | 'restricted'
            | 'rejected'
            | 'leaked'
            | 'misdirected'
            | 'vendor-error'
            | 'overloaded'
            | 'timeout'
            | 'dns'
            | 'tls'
            | 'connection'
            | 'proxy'
            | 'unrecognised-answer'
            | 'model-unavailable'
            | 'region'
            | 'our-request'
          )
        | null;
      sentence: string;
      vendorCode: string | null;
      vendorRequestId: string | null;
    };
    Vendor: {
      keyPage: string | null;
      name: string;
      revocationPage: string | null;
      vendor: string;
    };
    VendorChoice: {
      /** @constant */
      kind: 'vendor';
      vendor: string;
    };
    VendorCover: {
      buckets: number;
      covered: number;
      long: number;
      perhapsOurs: number;
    };
    VendorRevocation: {
      credential: string;
      credentialPage: string;
      list: string;
      notRevocable: string | null;
      only: string | null;
      place: string | null;
      revoke: string;
      undo: string | null;
      usage: string[];
      vendor: string;
      vendorName: string;
    };
    Vendors: {
      vendors: components['schemas']['Vendor'][];
    };
    VendorTrouble: {
      called: number;
      /** @enum {string} */
      fault: 'this-key' | 'vendor-wide' | 'platform-side';
      ours: number;
      troubled: number;
      vendor: string;
    };
    VendorTroubles: {
      troubles: components['schemas']['VendorTrouble'][];
    };
    VendorUndo: {
      how: string;
      until: number | null;
    };
    Verification: {
      events: number;
      findings: components['schemas']['VerifyFinding'][];
      keysOpened: number;
      readModels: ('key-list' | 'run-usage' | 'audit-log')[];
      sealsGood: number;
      sealsVouched: number;
      workspaces: number;
    };
    VerifyFinding: {
      keyId: string | null;
      /** @enum {string} */
      kind:
        | 'log-damaged'
        | 'log-behind'
        | 'witness-differs'
        | 'witness-damaged'
        | 'snapshot-damaged'
        | 'key-lost-from-log'
        | 'secret-lost-from-vault'
        | 'secret-damaged'
        | 'undestroyed-secret'
        | 'not-checked'
        | 'read-model-differs';
      next: string;
      projection: ('key-list' | 'run-usage' | 'audit-log') | null;
      revision: number | null;
      stream: string | null;
      what: string;
      workspaceId: string | null;
    };
    VerifyInput: {
      /** @enum {string} */
      depth?: 'heads' | 'whole';
    };
    Who: {
      id: string;
      kind: string;
    };
    WithdrawLeakReportInput: {
      caseId: string;
      keyId: string;
      reason: string;
    };
    Workspace: {
      closedAt: number | null;
      closedCaseId: string | null;
      defaultKey: components['schemas']['DefaultKey'] | null;
      keys: components['schemas']['KeysByStatus'];
      lastActivityAt: number | null;
      /** @description Milliseconds since 1970. */
      since: number;
      workspaceId: string;
    };
    WorkspaceClosing: {
      caseId: string;
      /** @description Take off what does not belong to the key. */
      changed: boolean;
      /** @description Milliseconds since 1970. */
      closedAt: number;
      keyringRevision: number;
      keys: components['schemas']['ClosedKey'][];
      position: string | null;
      workspaceId: string;
    };
    WorkspaceLog: {
      /** @constant */
      of: 'workspace';
      revision: number;
      sealedTo: number | null;
    };
    WorkspacesPage: {
      /** @description Take off what does not belong to the key. */
      more: boolean;
      next: string | null;
      workspaces: components['schemas']['Workspace'][];
    };
  };
  responses: {
    /** @description What went wrong, as RFC 9457 has it. `type` is a stable code. */
    Problem: {
      headers: {
        /** @description Seconds, with 429 and 503. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readAuditOfAll: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        cursor?: string;
        keyId?: string[];
        last4?: string[];
        limit?: number;
        order?: 'newest-first' | 'oldest-first';
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  countAuditOfAll: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        keyId?: string[];
        last4?: string[];
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        by: 'action' | 'actor' | 'day' | 'key';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditCounts'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  exportAuditOfAll: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        keyId?: string[];
        last4?: string[];
        order?: 'newest-first' | 'oldest-first';
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A line for each entry. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': components['schemas']['AuditEntry'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  nearestInAuditOfAll: {
    parameters: {
      query: {
        kind: 'actor' | 'caseId' | 'originRef' | 'projectId' | 'runId';
        named: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Nearest'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  checkedAuditOfAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  readHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listAllKeysDue: {
    parameters: {
      query?: {
        after?: string;
        cursor?: string;
        limit?: number;
        withinDays?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeysDuePage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listLosses: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Losses'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  readRefusedOfAll: {
    parameters: {
      query?: {
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support';
        code?: string;
        cursor?: string;
        keyId?: string;
        limit?: number;
        since?: number;
        until?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefusedPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseCloseWorkspace: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CloseWorkspaceInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseSetDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetDefaultInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseExpireRuns: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseAddKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AddKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseDeleteKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DeleteKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseSetKeyExpiry: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetKeyExpiryInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseHardDeleteKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['HardDeleteKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseRelabelKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RelabelKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseValidateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseAcceptLog: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AcceptLogInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseDisownEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisownEventsInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseClearProjectDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        projectId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseSetProjectDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        projectId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetProjectDefaultInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseStartRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseFinishRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        runId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FinishRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseResumeRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        runId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ResumeRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseCloseLeakCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CloseLeakCaseInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseReinstateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReinstateKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseReportLeak: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReportLeakInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseRecordLeakReview: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordLeakReviewInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseRecordRevocation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordRevocationInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseSuspendKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SuspendKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  rehearseWithdrawLeakReport: {
    parameters: {
      query?: never;
      header?: {
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WithdrawLeakReportInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description The digest, as `If-Match` takes it. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Foreseen'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showCaseOfAll: {
    parameters: {
      query: {
        after?: string;
        caseId: string;
      };
      header?: {
        /** @description The `ETag` of an earlier answer: 304 where it is as it was. */
        'If-None-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names what is answered, without what comes and goes with runs. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakStatus'];
        };
      };
      /** @description It is as it was. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  checkCertificate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CheckCertificateInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CertificateCheck'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  findKeysOfAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FindKeysInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FoundKeys'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  sweep: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SweepInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SweepReport'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  vendorTroubles: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VendorTroubles'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listVendors: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Vendors'];
        };
      };
      401: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showVendor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        vendor: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Vendor'];
        };
      };
      401: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['VerifyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Verification'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  nearestWorkspace: {
    parameters: {
      query: {
        named: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NearestWorkspace'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listWorkspaces: {
    parameters: {
      query?: {
        after?: string;
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkspacesPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showWorkspace: {
    parameters: {
      query?: {
        after?: string;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workspace'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  readAudit: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        cursor?: string;
        keyId?: string[];
        last4?: string[];
        limit?: number;
        order?: 'newest-first' | 'oldest-first';
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  countAudit: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        keyId?: string[];
        last4?: string[];
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        by: 'action' | 'actor' | 'day' | 'key';
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditCounts'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  exportAudit: {
    parameters: {
      query?: {
        action?: (
          | 'KeyAdded'
          | 'KeyAddAbandoned'
          | 'KeyRelabelled'
          | 'KeyExpiryChanged'
          | 'KeyTestCallStarted'
          | 'KeyValidated'
          | 'KeyValidationFailed'
          | 'KeyValidationInconclusive'
          | 'DefaultChanged'
          | 'KeyRetired'
          | 'KeyHardDeleted'
          | 'KeySecretDestroyed'
          | 'RunKeyPinned'
          | 'RunKeyResumed'
          | 'RunKeyReleased'
          | 'LogKeyRenewed'
          | 'LogRestored'
          | 'EventsDisowned'
          | 'WorkspaceClosed'
          | 'KeyReportedLeaked'
          | 'KeyLeakReportWithdrawn'
          | 'KeySuspended'
          | 'KeyReinstated'
          | 'KeyKillChecked'
          | 'KeyRevocationRecorded'
          | 'LeakReviewed'
          | 'LeakCaseClosed'
        )[];
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support' | 'system';
        after?: string;
        caseId?: string;
        correlationId?: string;
        keyId?: string[];
        last4?: string[];
        order?: 'newest-first' | 'oldest-first';
        originRef?: string;
        projectId?: string;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A line for each entry. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': components['schemas']['AuditEntry'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  nearestInAudit: {
    parameters: {
      query: {
        kind: 'actor' | 'caseId' | 'originRef' | 'projectId' | 'runId';
        named: string;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Nearest'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  checkedAudit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkspaceLog'] | components['schemas']['AllLogs'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  closeWorkspace: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CloseWorkspaceInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkspaceClosing'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  setDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetDefaultInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DefaultChange'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  expireRuns: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunsReleased'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  readHistory: {
    parameters: {
      query?: {
        at?: number;
        keyId?: string;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyringThen'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listKeys: {
    parameters: {
      query?: {
        after?: string;
        idPrefix?: string;
        includeHardDeleted?: boolean;
      };
      header?: {
        /** @description The `ETag` of an earlier answer: 304 where it is as it was. */
        'If-None-Match'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names what is answered, without what comes and goes with runs. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyList'];
        };
      };
      /** @description It is as it was. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  addKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AddKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          /** @description Where it can be asked for, relative to this address. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyAddition'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listKeysDue: {
    parameters: {
      query?: {
        after?: string;
        cursor?: string;
        limit?: number;
        withinDays?: number;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeysDuePage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showKey: {
    parameters: {
      query?: {
        after?: string;
      };
      header?: {
        /** @description The `ETag` of an earlier answer: 304 where it is as it was. */
        'If-None-Match'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names what is answered, without what comes and goes with runs. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KnownKey'];
        };
      };
      /** @description It is as it was. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  certifyDestruction: {
    parameters: {
      query?: {
        after?: string;
      };
      header?: never;
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DestructionCertificate'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  deleteKey: {
    parameters: {
      query?: never;
      header: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `digest` of the rehearsal: 412 where the act would do something else by now. `*` for whatever it does. */
        'If-Match': string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DeleteKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyDeletion'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      428: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  setKeyExpiry: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetKeyExpiryInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyChange'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showExposure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ExposureInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Exposure'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  hardDeleteKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['HardDeleteKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyDeletion'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  relabelKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RelabelKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyChange'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  validateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        keyId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyValidation'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  acceptLog: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AcceptLogInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogAcceptance'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  disownEvents: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisownEventsInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DisownedEvents'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showUnsealed: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Unsealed'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  clearProjectDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        projectId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DefaultClearing'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  setProjectDefault: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        projectId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetProjectDefaultInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DefaultChange'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  readRefused: {
    parameters: {
      query?: {
        actorId?: string;
        actorKind?: 'user' | 'service' | 'support';
        code?: string;
        cursor?: string;
        keyId?: string;
        limit?: number;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefusedPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  listRuns: {
    parameters: {
      query?: {
        after?: string;
        cursor?: string;
        keyId?: string;
        limit?: number;
        openOnly?: boolean;
        runId?: string;
        since?: number;
        until?: number;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description `rel="next"`: the next page. It is relative to this address. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunsPage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  startRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      201: {
        headers: {
          /** @description Where it can be asked for, relative to this address. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunPin'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showRun: {
    parameters: {
      query?: {
        after?: string;
      };
      header?: never;
      path: {
        runId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunUsage'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  finishRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        runId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FinishRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunsReleased'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  resumeRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        runId: string;
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ResumeRunInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunPin'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  howToRevoke: {
    parameters: {
      query: {
        caseId: string;
        keyId: string;
      };
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VendorRevocation'];
        };
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  findAtVendor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FindAtVendorInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FoundAtVendor'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  revokeAtVendor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevokeAtVendorInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevokedAtVendor'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  usageAtVendor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UsageAtVendorInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsageAtVendor'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  showCase: {
    parameters: {
      query: {
        after?: string;
        caseId: string;
      };
      header?: {
        /** @description The `ETag` of an earlier answer: 304 where it is as it was. */
        'If-None-Match'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          /** @description Names what is answered, without what comes and goes with runs. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakStatus'];
        };
      };
      /** @description It is as it was. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  checkLeak: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CheckLeakInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakChecked'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  closeLeakCase: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CloseLeakCaseInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakCaseClosing'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  findKeys: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FindKeysInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FoundKeys'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  reinstateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReinstateKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  reportLeak: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReportLeakInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  recordLeakReview: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordLeakReviewInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  recordRevocation: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordRevocationInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  suspendKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SuspendKeyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  withdrawLeakReport: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. 1 to 64 of A-Z a-z 0-9 _ -. */
        'Idempotency-Key'?: string;
        /** @description The `ETag` of the case that you looked at: 412 where it changed since. */
        'If-Match'?: string;
        /** @description The support case that this is done under: every event of the act has it. */
        'Keyturn-Case'?: string;
        /** @description When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused (`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more. */
        'Keyturn-Issued-At'?: string;
      };
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WithdrawLeakReportInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LeakRecorded'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      412: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
  verifyWorkspace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        workspaceId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['VerifyInput'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Verification'];
        };
      };
      400: components['responses']['Problem'];
      401: components['responses']['Problem'];
      403: components['responses']['Problem'];
      404: components['responses']['Problem'];
      409: components['responses']['Problem'];
      413: components['responses']['Problem'];
      415: components['responses']['Problem'];
      422: components['responses']['Problem'];
      429: components['responses']['Problem'];
      500: components['responses']['Problem'];
      503: components['responses']['Problem'];
    };
  };
}
