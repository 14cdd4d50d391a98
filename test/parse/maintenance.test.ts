import { expect } from 'chai';
import { parseMaintenance } from '../../lib/parse/maintenance.js';
import { reading } from '../support/reading.js';

const read = (text: string) => reading('apps/demo/maintenance', text, parseMaintenance);

describe('maintenance', () => {
  it('is the page, without the final line end', () => {
    expect(read('# Back soon\n\n').value).to.deep.equal({ kind: 'given', value: '# Back soon\n' });
    expect(read('').value).to.deep.equal({ kind: 'given', value: '' });
  });

  it('refuses more than 1,024 characters and points at the first too many', () => {
    expect(read(`${'🙂'.repeat(1024)}\n`).problems).to.deep.equal([]);
    const [problem] = read(`\n${'🙂'.repeat(1024)}`).problems;
    expect(problem).to.deep.include({
      code: 'maintenance-too-long',
      place: { kind: 'point', file: 'apps/demo/maintenance', line: 2, column: 1024 },
    });
    expect(problem?.given).to.deep.equal({ kind: 'given', value: '1025 characters' });
  });
});
