import * as fc from 'fast-check';

/** App → file → text. */
export type GeneratedApps = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One key of a process with a value, as YAML that follows `key: `. None: it is left out. */
type Keys = Readonly<Record<string, readonly string[]>>;

const ANY: Keys = {
  command: ['bin/run', 'bin/run --all "two words"', '["bin/run", "a b", "$x"]'],
  environment: ['{A: 1}', '{A: "é \\" \\\\ $HOME", EMPTY: ~}'],
  arch: ['arm64', 'x86_64'],
  stop: ['{timeout: 45s}'],
  user: ['"1000:1000"'],
  exec: ['false'],
  ulimits: ['{nofile: {soft: 1024, hard: 4096}}'],
  linux: ['{cap_drop: [NET_RAW]}'],
  init: ['false'],
  volumes: ['[{path: /tmp, ephemeral: 30gb}]', '[{path: /images, efs: fs-0123456789abcdef0}]'],
  sidecars: [
    '{logs: {image: "public.ecr.aws/logs:stable", essential: false, memory: 64mb}}',
    '{logs: {image: "public.ecr.aws/logs:stable", health: {command: ["true"]}}, trace: {image: "x/trace:1", ports: [2000], depends_on: [logs]}}',
  ],
};

const SERVICE: Keys = {
  ...ANY,
  capacity: ['spot', 'fargate'],
  autoscale: ['{cpu: 60%}', '{memory: 75, cpu: 50}', '{schedule: [{cron: "0 8 * * MON-FRI", min: 2, max: 5}]}'],
};

const WEB: Keys = {
  ...SERVICE,
  ports: ['["80:8080"]', '["80:8080", "8080:8081"]'],
  health: ['/status', '{path: /health, codes: "200,204", interval: 10s, timeout: 5s, healthy: 2, unhealthy: 3, grace: 2m}'],
  deploy: [
    'recreate',
    'rolling',
    '{strategy: rolling, min_healthy: 50, max: 150}',
    '{strategy: blue-green, bake: 5m}',
    '{strategy: canary, percent: 10, step: 5m, bake: 10m}',
    '{strategy: linear, percent: 20, step: 1m}',
  ],
  sticky: ['true', '1h'],
  drain: ['20s'],
  idle_timeout: ['90s'],
};

const WORKER: Keys = {
  ...SERVICE,
  health: ['{command: ["bin/alive"], interval: 30s, timeout: 5s, unhealthy: 3}', '{command: bin/alive, grace: 60s}'],
  deploy: ['recreate', 'rolling'],
  ecs: ['{service: {EnableECSManagedTags: true}}', '{task: {PidMode: task}}'],
};

const CRON: Keys = { ...ANY, timezone: ['Europe/Berlin', 'UTC'] };

const some = (values: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });

/** A process as lines of a Procfile. `always`: what it must say. */
const processOf = (name: string, keys: Keys, always: Readonly<Record<string, string>>): fc.Arbitrary<string> =>
  fc
    .record(Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, some(values)])))
    .map((chosen) => Object.entries({ ...chosen, ...always }).filter(([, value]) => value !== undefined))
    .map((pairs) => `${name}:\n${pairs.map(([key, value]) => `  ${key}: ${value}\n`).join('')}`);

/** Not always there. */
const perhaps = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 2, arbitrary: text });

const procfile = fc
  .tuple(
    perhaps(processOf('web', WEB, { command: 'bin/web' })),
    perhaps(processOf('worker', WORKER, { command: 'bin/worker' })),
    perhaps(processOf('chat', SERVICE, { command: 'bin/chat', ports: '["5222:5222"]' })),
    perhaps(
      fc
        .constantFrom('"0 6 * * *"', '["@monthly", "rate(5 minutes)"]')
        .chain((cron) => processOf('report', CRON, { command: 'bin/report', cron })),
    ),
    perhaps(processOf('console', ANY, { command: 'bin/console', noservice: 'true' })),
    perhaps(processOf('release', ANY, { command: 'bin/migrate' })),
  )
  .map((processes) => processes.join(''));

const files = fc.record({
  image: fc.constantFrom('example/app:v1\n', 'public.ecr.aws/x/app:2\n', `registry.example.com/app@sha256:${'ab'.repeat(32)}\n`),
  Procfile: procfile,
  env: fc.constantFrom('', 'RACK_ENV=production\n', 'A="two\nlines"\nCOLOUR=#336699\n'),
  secrets: fc.constantFrom('', 'KEY=ssm:/shared/key\n', 'KEY=secretsmanager:reference/api#key\n'),
  web: fc.constantFrom('', 'web=2\n', 'web=1-5:2X\n', 'web=0\n', 'web=off\n'),
  worker: fc.constantFrom('', 'worker=1:512:2gb\n', 'worker=2-20\n'),
  chat: fc.constantFrom('', 'chat=2\n', 'chat=1-3\n'),
  maintenance: fc.constantFrom('', '', '', 'We are back soon.\n'),
});

/** So many apps, always the same ones. Not everything that is generated is allowed; most of it is. */
export function generatedApps(count: number): GeneratedApps {
  const sampled = fc.sample(files, { numRuns: count, seed: 20260604 });
  return Object.fromEntries(
    sampled.map(({ web, worker, chat, Procfile, ...rest }, index) => {
      const has = (name: string): boolean => Procfile.includes(`${name}:\n  `);
      const scale = (has('web') ? web : '') + (has('worker') ? worker : '') + (has('chat') ? chat : '');
      const all = Object.entries({ ...rest, Procfile, scale }).filter(([, text]) => text !== '');
      return [`app-${String(index).padStart(5, '0')}`, Object.fromEntries(all)];
    }),
  );
}
