import { type Cause, type CauseSubject, cause } from './dossier-cause.js';

/** From the words of ECS and the load balancer: `… due to (reason Health checks failed with these codes: [503])`. */
export function causeOfHealth(text: string, { process, health: asked, port }: CauseSubject): Cause {
  const code = /codes?: \[([0-9][^\]]*)\]/.exec(text)?.[1];
  const path = asked.path === '' ? '' : ` on ${asked.path}`;
  const wanted = asked.codes === '' ? '' : `; ${asked.codes} was expected`;
  if (code !== undefined)
    return cause(
      'health-answer',
      `${process} answers its health check with ${code}${path}${wanted}`,
      `make it answer${path} when it is ready, or name another path or other codes with \`health\` in the Procfile`,
    );
  const where = port === 0 ? 'its port' : `port ${port}`;
  if (/timed out/i.test(text))
    return cause(
      'not-listening',
      `${process} does not answer its health check${path} in time`,
      `it must listen on ${where} of every address (0.0.0.0) and answer within the timeout; a slow start needs a longer \`health.grace\``,
    );
  return cause(
    'not-listening',
    `${process} does not listen on ${where}: its health check${path} gets no connection`,
    `listen on ${where} of every address (0.0.0.0, not 127.0.0.1), or correct \`ports\` in the Procfile`,
  );
}

/** ECS finds no place for a task. */
export function causeOfCapacity(process: string, reason: string): Cause {
  return cause(
    'no-capacity',
    `${process} finds no room for its tasks: ${firstSentence(plainPlacement(reason))}`,
    'deploy again later, or give it another size; on EC2 raise MAX_SIZE or INSTANCE_TYPE of the platform',
  );
}

/** The reason alone, of `(service web) was unable to place a task. Reason: … Please try again later …`. */
const plainPlacement = (reason: string): string =>
  reason
    .replace(/^.*?unable to place a task(?: because |\. Reason: )/, '')
    .replace(/ ?Please try again later.*/s, '')
    .replace(/ ?For more information, see .*/s, '');

/** The first of several reasons, on one line and not too long. */
export const firstSentence = (text: string): string => {
  const flat = text.split(' · ')[0]?.replace(/\s+/g, ' ').trim() ?? '';
  const cut = flat.length > 300 ? `${flat.slice(0, 299)}…` : flat;
  return cut.replace(/\.$/, '');
};
