import { expect } from 'chai';
import { logSourceOf } from '../../lib/observe/log-source.js';
import { LogLines } from '../../lib/view/log-lines.js';

const TASK = '217e2dddaaaabbbbccccddddeeeeffff';
const AT = new Date(2026, 5, 4, 14, 27, 5).getTime();

describe('lines of a log', () => {
  const line = (process: string, text: string, container = process) => ({ at: AT, process, container, task: TASK, text });

  it('have the name of their process in one column, at any width', () => {
    for (const width of [60, 100, 200]) {
      const screen = new LogLines(['web', 'worker'], { colour: false, width });
      expect(screen.render(line('web', 'GET /'))).to.equal('Jun  4 14:27:05 web.217e2ddd     GET /');
      expect(screen.render(line('worker', 'job'))).to.equal('Jun  4 14:27:05 worker.217e2ddd  job');
      expect(screen.render(line('web', 'x', 'proxy'))).to.equal('Jun  4 14:27:05 web/proxy.217e2ddd  x');
    }
    const narrow = new LogLines(['web', 'worker'], { colour: false, width: 40 });
    expect(narrow.render(line('web', 'GET /'))).to.equal('14:27 web     GET /');
    expect(narrow.render(line('web', ''))).to.equal('14:27 web');
  });

  it('have a colour for each process, and never move the cursor of a terminal', () => {
    const screen = new LogLines(['web', 'worker'], { colour: true, width: 100 });
    const web = screen.render(line('web', 'a\u001b[2Jb\u001b[31mred\u001b[0m\u0007\ttab\u001b]0;title\u0007'));
    expect(web).to.equal('\u001b[36mJun  4 14:27:05 web.217e2ddd   \u001b[39m  ab\u001b[31mred\u001b[0m\ttab');
    expect(screen.render(line('worker', 'x'))).to.contain('\u001b[33mJun');
    expect(screen.render(line('gone', 'x'))).to.contain('\u001b[32mJun');
    const dumb = new LogLines(['web'], { colour: false, width: 80 }, true);
    expect(dumb.render(line('web', 'a\u001b[2Jb\u001b[31mred'))).to.match(/ {2}abred$/);
    const file = new LogLines(['web'], { colour: false, width: 100 });
    expect(file.render(line('web', 'a\u001b[2Jb'))).to.contain('a\u001b[2Jb');
  });

  it('come from a process, also those of its sidecars', () => {
    expect(logSourceOf(`web/web/${TASK}`)).to.deep.equal({ process: 'web', container: 'web', task: TASK });
    expect(logSourceOf(`web-proxy/proxy/${TASK}`)).to.deep.equal({ process: 'web', container: 'proxy', task: TASK });
    expect(logSourceOf(`web-proxy/web-proxy/${TASK}`)).to.deep.equal({
      process: 'web-proxy',
      container: 'web-proxy',
      task: TASK,
    });
    expect(logSourceOf('by hand')).to.deep.equal({ process: 'by hand', container: '', task: '' });
  });
});
