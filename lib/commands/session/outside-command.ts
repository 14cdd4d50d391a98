import { EmpireCommand } from './command.js';
import { outsideFlags } from './flags.js';

/** A command that talks to AWS or to a rehearsal of it. */
export abstract class OutsideCommand extends EmpireCommand {
  static override baseFlags = outsideFlags;
}
