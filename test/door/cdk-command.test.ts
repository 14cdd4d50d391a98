import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runOnScreen } from '../support/transcript.js';

describe('the cdk command on this repository', () => {
  it('lists every app and writes the bytes of `empire synth --json`', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'empire-cdk-out-'));
    try {
      const { apps } = JSON.parse((await runOnScreen(['synth', '--json'])).stdout) as { apps: { app: string; stack: string }[] };
      const production = cdk('ls', outdir, '-c', 'environment=production');
      expect(production).to.include('empire-production--hello\n').and.to.include('empire-production--platform\n');
      const listed = cdk('ls', outdir).trim().split('\n').sort();
      expect(listed).to.deep.equal(['empire-platform', ...apps.map(({ stack }) => stack)].sort());
      const platform = readFileSync(join(outdir, 'empire-platform.template.json'), 'utf8');
      expect(platform).to.equal((await runOnScreen(['platform', 'synth', '--json'])).stdout);
      const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
        artifacts: Record<string, { dependencies?: string[] }>;
      };
      for (const { app, stack } of apps) {
        expect(artifacts[stack]?.dependencies, `${stack} after the platform`).to.include('empire-platform');
        const written = readFileSync(join(outdir, `${stack}.template.json`), 'utf8');
        expect(written, stack).to.equal((await runOnScreen(['synth', app, '--json'])).stdout);
      }
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }).timeout(60_000);
});

/** `cdk ls` synthesizes too; its settings, and the door, are those of our own `cdk.json`. */
function cdk(command: string, outdir: string, ...more: string[]): string {
  const words = ['node_modules/aws-cdk/bin/cdk', command, '--output', outdir, '--no-notices', ...more];
  return execFileSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
