import type { Look } from '../../view/look.js';

/** How a stream of this process looks: colours only on a terminal, and not with NO_COLOR. */
export function lookOf(stream: NodeJS.WriteStream): Look {
  const terminal = stream.isTTY === true;
  const forced = process.env['FORCE_COLOR'];
  const refused = Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb' || forced === '0';
  return { colour: !refused && (terminal || Boolean(forced)), width: terminal ? Math.max(40, stream.columns || 80) : 100 };
}

/** How data on stdout looks: lines are cut to the terminal, and never on their way to a program or a file. */
export function dataLook(): Look {
  const look = lookOf(process.stdout);
  return process.stdout.isTTY === true ? look : { ...look, width: Number.POSITIVE_INFINITY };
}
