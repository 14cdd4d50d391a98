import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, Help } from '@oclif/core';
import { helpFile, WIDTHS } from '../bin/quick/ready.js';

/** Writes the help of the program for every usual width of a terminal, and that of each command for the usual one. */
export async function writeHelps(config: Config, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const write = async (id: string, width: number): Promise<void> => {
    const text = await helpText(config, id === '' ? [] : [id], width);
    writeFileSync(join(directory, helpFile(id.replaceAll(':', '-'), width)), text);
  };
  for (let width: number = WIDTHS.least; width <= WIDTHS.most; width++) await write('', width);
  for (const id of config.commandIDs) await write(id, WIDTHS.usual);
}

/** What oclif prints. */
async function helpText(config: Config, argv: string[], maxWidth: number): Promise<string> {
  const lines: string[] = [];
  class Captured extends Help {
    protected override log(...args: string[]): void {
      lines.push(`${args.join(' ')}\n`);
    }
  }
  await new Captured(config, { maxWidth }).showHelp(argv);
  return lines.join('');
}
