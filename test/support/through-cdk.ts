import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { AppStack, PlatformStack } from '../../constructs/index.js';
import type { Ground } from '../../lib/model/ground.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import type { CompiledApp } from '../../lib/pipeline.js';
import { stacksIn } from './assembly.js';

/** The stacks that the CDK classes lead to: the platform, and the apps after it. */
export function synthesizeWithCdk(
  ground: Ground,
  compiled: readonly CompiledApp[],
  platform: Platform,
  ledger: Ledger,
): ReturnType<typeof stacksIn> {
  const outdir = mkdtempSync(join(tmpdir(), 'empire-cdk-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false });
    const below = new PlatformStack(app, undefined, { ground });
    for (const one of compiled) {
      const stack = new AppStack(app, undefined, { app: one.app, platform, origins: one.origins, ledger });
      stack.addStackDependency(below);
    }
    app.synth();
    return stacksIn((name) => readFileSync(join(outdir, name), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
