import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareTranscript } from '../support/transcript.js';

const TRANSCRIPTS = 'test/commands/transcripts';

describe('the command line, as people see it', () => {
  for (const file of readdirSync(TRANSCRIPTS).sort()) {
    const path = join(TRANSCRIPTS, file);
    const folder = /^## in: (\S+)$/m.exec(readFileSync(path, 'utf8'))?.[1];
    it(file.replace(/\.txt$/, '').replaceAll('-', ' '), async () => {
      const { expected, actual } = await compareTranscript(
        path,
        folder === undefined ? undefined : join('test/commands/folders', folder),
      );
      expect(actual).to.equal(expected);
    }).timeout(20_000);
  }
});
