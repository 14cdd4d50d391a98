import { Failure } from '../../../failure.js';
import type { Clock } from '../../../model/windows.js';
import { renderAwsError } from '../error.js';
import { isServiceError, serviceError } from '../service-error.js';

/** An answer of a registry, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Manifests have 4 MiB at most, by the distribution specification; configurations and tokens are far smaller. */
const LARGEST = 4 * 1024 * 1024;
const SECONDS = 10;
const ATTEMPTS = 3;

/** Asks, and asks again after a pause when the answer may be better then. No answer at all is a Failure `network`. */
export async function fetchWithin(url: string, init: RequestInit, clock: Clock): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === ATTEMPTS;
    try {
      const answer = await fetchOnce(url, init);
      if (last || (answer.status < 500 && answer.status !== 429)) return answer;
      await clock.sleep(pauseOf(answer, attempt));
    } catch (thrown) {
      if (!isServiceError(thrown)) throw thrown;
      if (last) throw unanswered(url, thrown);
      await clock.sleep(100 * 2 ** attempt);
    }
  }
}

async function fetchOnce(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(SECONDS * 1000) });
  const bytes = await readWithin(response, url);
  return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
}

async function readWithin(response: Response, url: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST) {
      throw new Failure(
        hostOf(url),
        'the registry sent more than 4 MiB for a manifest',
        'check the name of the image',
        'outside-refused',
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What the registry asks for, within reason. */
function pauseOf(answer: Answer, attempt: number): number {
  const asked = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(asked) ? Math.min(asked, 5) * 1000 : 100 * 2 ** attempt;
}

function unanswered(url: string, thrown: Error): Failure {
  const none = { kind: 'none' } as const;
  const endpoint = { kind: 'given', value: hostOf(url) } as const;
  const call = { action: 'pull', resource: hostOf(url) };
  return renderAwsError({ ...serviceError(thrown), requestId: '' }, call, { region: none, profile: none, endpoint });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
