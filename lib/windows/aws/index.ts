import type { Windows } from '../../model/windows.js';
import { openBalancers } from './balancers.js';
import { openCertificates } from './certificates.js';
import { wallClock } from './clock.js';
import { openIdentity } from './identity.js';
import { openLogs } from './logs.js';
import { openNetwork } from './network.js';
import { openParameters } from './parameters.js';
import { openRegistry } from './registry/index.js';
import { openRoles } from './roles.js';
import { openSecrets } from './secrets.js';
import { openServices } from './services.js';
import { type AwsOptions, AwsSession } from './session.js';
import { openStacks } from './stacks.js';
import { openStore } from './store.js';

/** AWS itself, or what `endpoint` says stands in for it. Nothing is loaded or asked before a window's first use. */
export function openAws(options: AwsOptions): Windows {
  const session = new AwsSession(options);
  return {
    kind: 'aws',
    clock: wallClock,
    identity: openIdentity(session),
    stacks: openStacks(session),
    store: openStore(session, wallClock),
    registry: openRegistry(session, wallClock),
    services: openServices(session),
    balancers: openBalancers(session),
    logs: openLogs(session),
    parameters: openParameters(session),
    secrets: openSecrets(session),
    certificates: openCertificates(session),
    network: openNetwork(session),
    roles: openRoles(session),
  };
}
