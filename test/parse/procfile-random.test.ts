import { expect } from 'chai';
import * as fc from 'fast-check';
import { KEY_NAMES } from '../../lib/parse/procfile/keys.js';
import { processesOf } from '../support/processes.js';

const word = fc.constantFrom(
  ...[
    'true',
    '~',
    '30',
    '5m',
    '70%',
    '/',
    'bin/web',
    'fs-01234567',
    '"0 4 * * *"',
    '"80:8080"',
    'tcp',
    '64mb',
    'canary',
    '__proto__',
    '""',
  ],
);
const inner = fc.constantFrom(
  ...[
    'path',
    'codes',
    'command',
    'timeout',
    'interval',
    'strategy',
    'percent',
    'bake',
    'queue',
    'schedule',
    'name',
    'per_task',
    'image',
  ],
  ...[
    'ports',
    'depends_on',
    'health',
    'efs',
    'ephemeral',
    'cap_add',
    'tmpfs',
    'nofile',
    'soft',
    'hard',
    'task',
    'constructor',
    '__proto__',
    '5222',
  ],
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(inner, tie('value')), { maxLength: 3, selector: ([key]) => key })
      .map((pairs) => `{${pairs.map((pair) => pair.join(': ')).join(', ')}}`),
  ),
}));
const key = fc.constantFrom(...KEY_NAMES, 'constructor', '__proto__', 'comand');
const keys = fc.uniqueArray(fc.tuple(key, value), { maxLength: 6, selector: ([name]) => name });
const name = fc.constantFrom('web', 'worker', 'release', 'nightly', '__proto__', 'constructor', 'run', 'a-b', 'ab');
const procfile = fc
  .uniqueArray(fc.tuple(name, keys), { maxLength: 3, selector: ([process]) => process })
  .map((processes) =>
    processes.map(([process, pairs]) => `${process}:\n${pairs.map(([k, v]) => `  ${k}: ${v}\n`).join('')}`).join(''),
  );
const scale = fc.constantFrom(
  '',
  'web=2\nworker=1-4\n',
  'web=off\nrelease=1\n',
  'nightly=0-3:PX\nconstructor=1\n',
  '__proto__=1\n',
);
const domains = fc.constantFrom('', 'www.example.com\n', 'x.example.com worker\n', 'a.empire constructor\n');
const platform = fc.constantFrom('', 'CAPACITY=ec2\n', 'LOAD_BALANCERS=shared\nPUBLIC_ZONES=example.com=Z0123456789ABCDEFGHIJ\n');

describe('a Procfile of random keys', () => {
  it('never makes the parser fall over, and each problem is a whole message', () => {
    fc.assert(
      fc.property(procfile, scale, domains, platform, (Procfile, scaleText, domainsText, platformText) => {
        const { processes, problems } = processesOf({ Procfile, scale: scaleText, domains: domainsText, platform: platformText });
        for (const { message, hint, code } of problems) {
          expect(message, code).to.not.match(/undefined|\[object|NaN/);
          expect(message, code).to.match(/^[^A-Z]/);
          expect(hint, code).to.not.match(/^$|undefined|NaN/);
        }
        expect(JSON.stringify(processes)).to.be.a('string');
      }),
      { numRuns: 300 },
    );
  });
});
