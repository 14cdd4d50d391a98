import { expect } from 'chai';
import type { App } from '../../lib/model/app.js';
import type { Graph, GraphMention } from '../../lib/model/graph.js';
import { graphOf } from '../../lib/relate/index.js';
import { folderOf, readApps } from '../support/apps-of-files.js';

const NONE = { kind: 'none' } as const;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000001';
const FILES = {
  gateway: { image: 'acme/gateway:1' },
  feed: { image: 'acme/feed:1', Procfile: 'web: feed\nfan_out:\n  command: feed\n  ports: ["8081:9000"]\nidle: feed' },
};

/** What the variables of an app beside `feed` mean. */
function mentions(env: string, more: Record<string, Record<string, string>> = {}): readonly GraphMention[] {
  const { apps, platform } = readApps(folderOf({ ...FILES, gateway: { ...FILES.gateway, env }, ...more }));
  return (graphOf(apps, platform, NONE).apps.find(({ app }) => app.name === 'gateway') as Graph['apps'][number]).mentions;
}

const short = (list: readonly GraphMention[]): string[] =>
  list.map(
    ({ variable, written, target, address }) =>
      `${variable} ${written} ${target} ${address.kind === 'given' ? address.value : '–'}`,
  );

describe('who names whom in a variable', () => {
  it('a short name in an URL, with and without port and path', () => {
    expect(short(mentions('A=http://feed\nB=http://feed:80/path?x=1\nC=redis://user:secret@feed:6379/0'))).to.deep.equal([
      'A http://feed feed http://feed.empire',
      'B http://feed:80 feed http://feed.empire',
      'C redis://feed:6379 feed http://feed.empire',
    ]);
  });

  it('a private name wherever it stands, and one of a process', () => {
    expect(short(mentions('A=feed.empire\nB=x;fan-out.feed.empire:8081,y\nC=FEED.Empire.'))).to.deep.equal([
      'A feed.empire feed http://feed.empire',
      'B fan-out.feed.empire:8081 feed tcp://fan-out.feed.empire:8081',
      'C feed.empire feed http://feed.empire',
    ]);
  });

  it('a short name with a port, when it is the whole value', () => {
    expect(short(mentions('A=feed:80\nB=at feed:80'))).to.deep.equal(['A feed:80 feed http://feed.empire']);
  });

  it('not a word, another domain, or a part of a longer name', () => {
    const env =
      'A=feed\nB=http://feed.example.com\nC=http://feeder\nD=feed.empire.example.com\nE=my-feed.empires\nF=http://localhost:80\nG=a.b.feed.empire';
    expect(mentions(env)).to.deep.equal([]);
  });

  it('a private name that nothing answers to is drawn as absent', () => {
    const { apps, platform } = readApps(folderOf({ ...FILES, gateway: { ...FILES.gateway, env: 'A=http://legacy.empire/' } }));
    const graph = graphOf(apps, platform, NONE);
    expect(graph.others).to.deep.equal([{ name: 'legacy.empire', kind: 'absent', mentions: [] }]);
  });

  it('a process without an address is its app', () => {
    expect(short(mentions('A=http://idle.feed.empire'))).to.deep.equal(['A http://idle.feed.empire feed –']);
  });

  it('each host of a variable once, in the order they are written', () => {
    expect(short(mentions('A="feed.empire gateway.empire feed.empire"'))).to.deep.equal([
      'A feed.empire feed http://feed.empire',
      'A gateway.empire gateway http://gateway.empire',
    ]);
  });

  it('a variable of one process says so, also one of its sidecars', () => {
    const Procfile =
      'web:\n  command: x\n  environment: {A: "http://feed"}\n  sidecars:\n    side:\n      image: x/y:1\n      environment: {B: "http://feed"}\n';
    const found = mentions('', { gateway: { image: 'acme/gateway:1', Procfile } });
    expect(found.map(({ process, variable }) => [process, variable])).to.deep.equal([
      [{ kind: 'given', value: 'web' }, 'A'],
      [{ kind: 'given', value: 'web/side' }, 'B'],
    ]);
  });

  it('a very long value takes no time', function () {
    this.timeout(2000);
    const { apps, platform } = readApps(folderOf(FILES));
    const app = { ...(apps[0] as App), variables: [{ name: 'A', value: `${'a.'.repeat(200_000)}://@:${'-'.repeat(200_000)}` }] };
    expect(graphOf([app], platform, NONE).apps[0]?.mentions).to.deep.equal([]);
  });
});

describe('one app as a picture', () => {
  const folder = folderOf({
    gateway: { image: 'acme/gateway:1', env: 'FEED=http://feed' },
    feed: FILES.feed,
    batch: { image: 'acme/batch:1', env: 'A=http://feed\nB=http://other' },
    other: { image: 'acme/other:1' },
  });

  it('has beside it whom it names and who names it, and nobody else', () => {
    const { apps, platform } = readApps(folder);
    const graph = graphOf(apps, platform, { kind: 'given', value: 'feed' });
    expect(graph.apps.map(({ app }) => app.name)).to.deep.equal(['feed']);
    expect(graph.others.map(({ name, mentions: found }) => [name, found.map(({ variable }) => variable)])).to.deep.equal([
      ['batch', ['A']],
      ['gateway', ['FEED']],
    ]);
  });

  it('has an address for each port and each name', () => {
    const { apps, platform } = readApps(
      folderOf({
        feed: {
          image: 'acme/feed:1',
          Procfile: 'web: feed\nfan_out:\n  command: feed\n  ports:\n    - "8081:9000"\n    - "8443:9000": {protocol: tls}',
          domains: `feed.example.com\nfan.example.com fan_out cert=${CERTIFICATE}`,
        },
      }),
    );
    const [feed] = graphOf(apps, platform, NONE).apps;
    expect(
      feed?.balancers.map(({ scheme, kind, addresses }) => [
        scheme,
        kind,
        ...addresses.map(({ url, container }) => `${url} ${container}`),
      ]),
    ).to.deep.equal([
      ['public', 'http', 'http://feed.example.com 8080'],
      ['public', 'tcp', 'tcp://fan.example.com:8081 9000', 'tls://fan.example.com:8443 9000'],
      ['internal', 'http', 'http://feed.empire 8080'],
      ['internal', 'tcp', 'tcp://fan-out.feed.empire:8081 9000', 'tls://fan-out.feed.empire:8443 9000'],
    ]);
  });
});
