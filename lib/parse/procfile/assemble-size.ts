import type { ProcessSize } from '../../model/app.js';
import { DEFAULT_SIZE, formatSize, isNamedSize } from '../size.js';
import type { Draft } from './assemble-context.js';
import { FARGATE_MOST, fargateSize } from './fargate-size.js';

/** What `scale` asks for, and what AWS gets: on Fargate rounded up to a pair it has. */
export function assembleSize(draft: Draft): ProcessSize {
  const { scale, process, problems, capacity } = draft;
  const written = scale.kind === 'given' && scale.value.size.kind === 'given' ? scale.value.size.value : undefined;
  const asked = written?.value ?? DEFAULT_SIZE;
  const place = written?.place ?? process.place;
  if (capacity === 'ec2') return { asked, runs: asked };
  const runs = fargateSize(asked);
  if (runs === undefined) {
    problems.error('size-not-on-fargate', place, `\`${formatSize(asked)}\` is larger than Fargate has`, {
      given: formatSize(asked),
      allowed: `at most ${FARGATE_MOST}`,
      hint: 'ask for less, or write `capacity: ec2` in the Procfile',
    });
    return { asked, runs: asked };
  }
  if (runs.cpu !== asked.cpu || runs.memoryMiB !== asked.memoryMiB) {
    problems.note(
      'size-rounded',
      place,
      `\`${process.name}\` runs as ${runs.cpu} CPU, ${runs.memoryMiB} MiB, the next size that Fargate has`,
      {
        given: formatSize(asked),
        hint: `write \`${runs.cpu}:${runs.memoryMiB}mb\` to say so, or \`capacity: ec2\` for exact sizes`,
      },
    );
  }
  if (asked.nproc.kind === 'given' && !isNamedSize(formatSize(asked))) {
    problems.note('size-nproc', place, `\`${process.name}\` runs without its nproc limit, which Fargate does not have`, {
      given: `nproc=${asked.nproc.value}`,
      hint: 'leave `nproc` out, or write `capacity: ec2` in the Procfile',
    });
  }
  return { asked, runs };
}
