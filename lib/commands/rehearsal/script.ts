import { Args } from '@oclif/core';
import { renderScripted } from '../../view/rehearsal.js';
import { readTextFile } from '../../windows/text-file.js';
import { EmpireCommand } from '../session/command.js';
import { openRehearsed } from '../session/rehearsed.js';

/** `empire rehearsal script FILE`: failures on order. */
export default class RehearsalScript extends EmpireCommand {
  static override summary = 'Make things go wrong in the rehearsed account: any failure, at any time.';
  static override description =
    `FILE has one step on each line, as JSON, or is a JSON array of steps. Every step takes "at": seconds from now.

{"fail": "update", "resource": "WebService"}  CloudFormation fails there: create, update, delete, rollback; "stack", "reason", "times"
{"refuse": "stacks.createChangeSet", "code": "throttled"}  a call is refused: permission-denied, network, credentials-expired, …; "times"
{"push": "remind101/acme-inc:v2", "behaviour": "crash"}  the tag is another image: good, missing, crash, unhealthy, slow, arm64, norelease, private
{"remove": "secret", "name": "acme/db"}  and {"restore": …}: a secret, parameter, certificate, image or bucket
{"stop-task": "web"}  all tasks of a process die, or one by its id
{"capacity": "none"}  and {"capacity": "enough"}`;
  static override examples = ['<%= config.bin %> rehearsal script failures.jsonl'];
  static override args = { file: Args.string({ description: 'the script', required: true }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(RehearsalScript);
    const text = readTextFile(args.file);
    const rehearsal = await openRehearsed(flags);
    const steps = rehearsal.script(text, args.file);
    if (flags.json) this.printJson({ steps });
    else this.say(`${renderScripted(steps)}next: empire rehearsal show\n`);
    return 0;
  }
}
