import type { Command } from '@oclif/core';
import { formatTemplate } from '../../compile/format-template.js';
import { compactTemplate } from '../../compile/ground.js';
import type { Problem } from '../../model/problem.js';
import { type CompiledPlatform, compilePlatform, hasErrors, readParsed } from '../../pipeline.js';
import type { Engine } from '../../release/engine.js';
import type { Look } from '../../view/look.js';
import { chooseEnvironment, chooseRepository } from './choose.js';
import type { OutsideFlags } from './flags.js';
import { Interrupt } from './interrupt.js';
import { lookOf } from './look.js';
import { type OpenOptions, type Outside, openOutside, placeOf, sayWhere } from './open.js';
import { Refusal } from './refusal.js';
import { openScreen, type Screen } from './screen.js';
import { isRehearsed } from './windows.js';

/** The platform of one environment, the account it is in, and all that a command needs to read or change it. */
export interface PlatformSession extends Outside {
  readonly environment: string;
  readonly compiled: CompiledPlatform;
  /** As it is sent. */
  readonly template: string;
  /** Warnings and notes of the platform file. */
  readonly problems: readonly Problem[];
  readonly engine: Engine;
  readonly screen: Screen;
  readonly interrupt: Interrupt;
  readonly look: Look;
}

/** Reads and compiles the platform file, opens the outside, and says on stderr where that is. */
export async function openPlatform(
  command: Command,
  flags: OutsideFlags & { readonly events?: boolean },
  intent: OpenOptions['intent'],
): Promise<PlatformSession> {
  const repository = chooseRepository(flags);
  const environment = chooseEnvironment(flags);
  const parsed = readParsed({ ...repository, environment, only: { kind: 'given', value: [] } });
  const { compiled, problems } = compilePlatform(parsed);
  const all = [...parsed.problems, ...problems];
  if (compiled.kind === 'none' || hasErrors(all)) throw new Refusal(all);
  const { ground, template } = compiled.value;
  const { platform } = ground;
  const outside = await openOutside(flags, platform, repository.root, { kind: 'given', value: ground });
  const look = lookOf(process.stderr);
  const screen = openScreen({ windows: outside.windows, look, events: flags.events === true });
  const interrupt = new Interrupt();
  const place = placeOf(platform, 'platform', outside.caller);
  const compiler = command.config.version;
  const engine: Engine = { windows: outside.windows, place, report: screen.report, compiler, signal: interrupt.signal };
  const session = { environment, compiled: compiled.value, template: compactTemplate(formatTemplate(template)), problems: all };
  sayWhere({ place, windows: outside.windows }, intent);
  return { ...outside, ...session, engine, screen, interrupt, look };
}

/** A command line to type next: `empire platform deploy -e production`. */
export function platformSentence(words: string, environment: string, flags: OutsideFlags): string {
  const rehearsed = flags.rehearse && !isRehearsed({ ...flags, rehearse: false }) ? ' --rehearse' : '';
  return `empire ${words}${environment === 'default' ? '' : ` -e ${environment}`}${rehearsed}`;
}
