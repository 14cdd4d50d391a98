import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { runOnScreen } from '../support/transcript.js';

describe('the bytes of `empire synth`', () => {
  const before = process.cwd();
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-synth-'));
    cpSync('test/commands/folders/two-apps', root, { recursive: true });
    process.chdir(root);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  it('are the same on the screen and in the file, and the YAML says the same', async () => {
    const { stdout: json } = await runOnScreen(['synth', 'acme-inc', '--json']);
    await runOnScreen(['synth', '-o', 'templates']);
    expect(readFileSync('templates/empire-acme-inc.template.json', 'utf8')).to.equal(json);
    const { stdout: yaml } = await runOnScreen(['synth', 'acme-inc']);
    expect(JSON.stringify(load(yaml), null, 1)).to.equal(json);
  });

  it('name in the map the line that made a resource', async () => {
    await runOnScreen(['synth', '-o', 'templates']);
    const map = JSON.parse(readFileSync('templates/empire-acme-inc.map.json', 'utf8'));
    expect(map.stack).to.equal('empire-acme-inc');
    expect(map.resources.WorkerService.from[0]).to.match(/^apps\/acme-inc\/Procfile:2:\d+$/);
  });

  it('differ between environments', async () => {
    const { stdout: here } = await runOnScreen(['synth', 'acme-inc', '--json']);
    const { stdout: there } = await runOnScreen(['synth', 'acme-inc', '--json', '-e', 'production']);
    expect(here).to.include('"development"');
    expect(there).to.include('"production"').and.not.include('"development"');
  });
});
