import { page, stranger, type StrangersAnswer } from './strangersAnswer';

const apim = stranger(
  'Azure API Management',
  'https://learn.microsoft.com/en-us/azure/api-management/api-management-error-handling-policies',
);
const frontDoor = stranger(
  'Azure Front Door',
  'https://learn.microsoft.com/en-us/azure/frontdoor/troubleshoot-issues',
);
const gateway = stranger(
  'Azure Application Gateway',
  'https://learn.microsoft.com/en-us/azure/application-gateway/http-response-codes',
);
const appService = stranger(
  'Azure App Service',
  'https://learn.microsoft.com/en-us/azure/app-service/troubleshoot-http-502-http-503',
);
const arm = stranger(
  'Azure Resource Manager',
  'https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/common-deployment-errors',
);

/** The front doors of Microsoft. */
export const AZURE: ReadonlyArray<StrangersAnswer> = [
  apim.json('no subscription', 401, {
    statusCode: 401,
    message:
      'Access denied due to missing subscription key. Make sure to include subscription key when making ' +
      'requests to an API.',
  }),
  apim.json('a wrong subscription', 401, {
    statusCode: 401,
    message:
      'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
  }),
  apim.json('a limit', 429, { statusCode: 429, message: 'Rate limit is exceeded. Try again in 5 seconds.' }),
  apim.json('a quota', 403, {
    statusCode: 403,
    message: 'Out of call volume quota. Quota will be replenished in 01:02:03.',
  }),
  apim.json('a token', 401, { statusCode: 401, message: 'Invalid JWT.' }),
  apim.json('an address', 403, { statusCode: 403, message: 'Forbidden' }),
  apim.json('no operation', 404, { statusCode: 404, message: 'Resource not found' }),
  apim.json('a fault of its own', 500, {
    statusCode: 500,
    message: 'Internal server error',
    activityId: '00000000-0000-0000-0000-000000000000',
  }),
  frontDoor.html(
    'away',
    503,
    "<!DOCTYPE html><html><title>Microsoft Azure</title><h2>Our services aren't available right now</h2></html>",
  ),
  frontDoor.html(
    'blocked',
    403,
    '<!DOCTYPE html><html><title>Access denied</title>The request is blocked.</html>',
  ),
  gateway.html(
    'blocked',
    403,
    page('403 Forbidden', '<hr><center>Microsoft-Azure-Application-Gateway/v2</center>'),
  ),
  gateway.html(
    'no backend',
    502,
    page('502 Bad Gateway', '<hr><center>Microsoft-Azure-Application-Gateway/v2</center>'),
  ),
  appService.html('stopped', 403, page('Error 403 - This web app is stopped.')),
  appService.text('an identity that is missing', 401, '', {
    'www-authenticate': 'Bearer realm="app.azurewebsites.net"',
  }),
  appService.text(
    'an identity that may not',
    403,
    'You do not have permission to view this directory or page.',
  ),
  arm.json('no header', 401, {
    error: {
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
    },
  }),
  arm.json('a token', 401, {
    error: { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' },
  }),
  arm.json('a role', 403, {
    error: {
      code: 'AuthorizationFailed',
      message: 'The client does not have authorization to perform action.',
    },
  }),
  arm.json('a policy', 403, {
    error: { code: 'RequestDisallowedByPolicy', message: 'Resource was disallowed by policy.' },
  }),
  arm.json('a limit', 429, {
    error: { code: 'TooManyRequests', message: 'The request is being throttled.' },
  }),
];
