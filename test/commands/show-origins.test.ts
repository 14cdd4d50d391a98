import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/repository.js';
import { runOnScreen } from '../support/transcript.js';

describe('where the values of acme-inc in production come from', () => {
  let rows: string[];
  before(async () => {
    const screen = await runOnScreen(['show', 'acme-inc', '-e', 'production', '--apps', join(ROOT, 'apps')]);
    expect(screen.code).to.equal(0);
    rows = screen.stdout.trimEnd().split('\n');
  });

  it('is a file and a line, or `default`, for every value', () => {
    const origin = / {2}(default|(apps\/acme-inc\/|)[\w.]+:\d+( over (apps\/acme-inc\/|)[\w.]+:\d+)*)$/;
    expect(rows.filter((row) => !origin.test(row))).to.deep.equal([]);
  });

  it('is every line of every file of the app, but for names that the overlay takes away', () => {
    const folder = join(ROOT, 'apps', 'acme-inc');
    const lines = readdirSync(folder).flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          /^\s*(#|$)/.test(line) || /LOG_LEVEL/.test(line) ? [] : [`apps/acme-inc/${name}:${index + 1}`],
        ),
    );
    const named = new Set(rows.flatMap((row) => row.match(/apps\/acme-inc\/[\w.]+:\d+/g) ?? []));
    expect(lines.filter((line) => !named.has(line))).to.deep.equal([]);
  });

  it('is the platform file for what the platform decides', () => {
    const capacity = readFileSync(join(ROOT, 'platform.production'), 'utf8').split('\n').indexOf('CAPACITY=ec2') + 1;
    expect(capacity).to.be.greaterThan(0);
    expect(rows.find((row) => row.startsWith('web.capacity '))).to.match(new RegExp(`ec2 +platform\\.production:${capacity}$`));
  });
});
