import { expect } from 'chai';
import { parseFiles, refusals, removeRoots } from '../support/root.js';

const image = 'remind101/acme-inc:v1\n';
const name = 'www.example.com\n';

describe('a public name', () => {
  after(removeRoots);

  const two = {
    'apps/ada/image': image,
    'apps/ada/domains': name,
    'apps/bob/image': image,
    'apps/bob/domains': `api.example.com\n${name}`,
  };

  it('belongs to one app', () => {
    expect(refusals(parseFiles(two))).to.deep.equal(['domain-two-apps apps/bob/domains:2:1']);
  });

  it('is refused where it was asked for, also when only that app was', () => {
    expect(refusals(parseFiles(two, { only: ['bob'] }))).to.deep.equal(['domain-two-apps apps/bob/domains:2:1']);
    expect(refusals(parseFiles(two, { only: ['ada'] }))).to.deep.equal(['domain-two-apps apps/ada/domains:1:1']);
  });

  it('says nothing of two others', () => {
    expect(refusals(parseFiles({ ...two, 'apps/cleo/image': image }, { only: ['cleo'] }))).to.deep.equal([]);
  });

  it('belongs to one environment', () => {
    const base = { 'apps/ada/image': image, 'apps/ada/domains': name, 'platform.staging': '' };
    expect(refusals(parseFiles(base))).to.deep.equal(['domain-two-environments apps/ada/domains:1:1']);
    expect(refusals(parseFiles({ ...base, 'apps/ada/domains.staging': '' }))).to.deep.equal([]);
    expect(refusals(parseFiles({ ...base, 'apps/ada/domains.staging': `# again\n${name}` }))).to.deep.equal([
      'domain-two-environments apps/ada/domains.staging:2:1',
    ]);
  });

  it('of an app that does not exist somewhere is free there', () => {
    const files = { 'apps/ada/image.staging': image, 'apps/ada/domains': name, 'apps/bob/image': image, 'platform.staging': '' };
    expect(
      refusals(parseFiles({ ...files, 'apps/bob/domains': 'b.example.com\n', 'apps/bob/domains.staging': '' })),
    ).to.deep.equal([]);
  });

  it('of two environments with two apps is refused as well', () => {
    const files = {
      'apps/ada/image': image,
      'apps/ada/domains': name,
      'apps/ada/domains.staging': '',
      'apps/bob/image': image,
      'apps/bob/domains.staging': name,
      'platform.staging': '',
    };
    expect(refusals(parseFiles(files))).to.deep.equal(['domain-two-apps apps/bob/domains.staging:1:1']);
  });
});
