import type { AppDirectory } from '../model/folder.js';
import { Problems } from '../problems.js';
import { environmentsWith, readAppFiles } from './app-files.js';
import { type Claim, claimsOf } from './fleet.js';

/** Which app of a folder asks for which public name. Every app is read for its names once, when somebody first asks. */
export class FleetNames {
  private read: ReadonlyMap<string, readonly Claim[]> | undefined;

  constructor(
    private readonly directories: readonly AppDirectory[],
    private readonly environments: readonly string[],
  ) {}

  /** For each name that is claimed, the first app in the order of the folder that asks for it too and is not one of these. */
  claimedByOthers(claims: readonly Claim[], these: ReadonlySet<string>): Claim[] {
    const names = new Set(claims.map(({ name }) => name));
    if (names.size === 0) return [];
    this.read ??= this.byName();
    const all = this.read;
    return [...names].flatMap((name) => all.get(name)?.find(({ app }) => !these.has(app)) ?? []);
  }

  private byName(): ReadonlyMap<string, readonly Claim[]> {
    const found = new Map<string, Claim[]>();
    for (const claim of this.directories.flatMap((directory) => this.claimsIn(directory))) {
      const there = found.get(claim.name);
      if (there === undefined) found.set(claim.name, [claim]);
      else there.push(claim);
    }
    return found;
  }

  /** The names of an app that may not have been asked for. What is wrong in it is said when it is. */
  private claimsIn(directory: AppDirectory): Claim[] {
    const entries = directory.entries.filter(({ name }) => /^(domains|image)(\.|$)/.test(name));
    const files = readAppFiles({ ...directory, entries }, this.environments, new Problems());
    return claimsOf(files, environmentsWith(files.image, this.environments));
  }
}
