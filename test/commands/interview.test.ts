import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { interview } from '../../lib/commands/session/ask.js';
import { Failure } from '../../lib/failure.js';

describe('the questions of `empire init`', () => {
  const talk = (typed: string) => {
    const input = new PassThrough();
    const output = new PassThrough();
    input.end(typed);
    const answers = interview(
      async (ask) => [await ask('app name', ''), await ask('image', 'hello:latest'), await ask('port', '8080')],
      input,
      output,
    );
    return { answers, screen: () => String(output.read() ?? '') };
  };

  it('take answers that were pasted together, and proposals for empty ones', async () => {
    const { answers, screen } = talk('hello\n\n 3000 \n');
    expect(await answers).to.deep.equal(['hello', 'hello:latest', '3000']);
    expect(screen()).to.equal('app name: image [hello:latest]: port [8080]: ');
  });

  it('stop when the input ends', async () => {
    const { answers, screen } = talk('hello\n');
    const failure = await answers.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(Failure).with.property('code', 'interrupted');
    expect(screen(), 'what is said next begins a line').to.equal('app name: image [hello:latest]: \n');
  });
});
