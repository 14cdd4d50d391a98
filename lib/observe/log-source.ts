/** Where a line of a log comes from. */
export interface LogSource {
  readonly process: string;
  /** The process's own container has its name; a sidecar has another. */
  readonly container: string;
  /** Id of the task; empty when the stream was not made by ECS. */
  readonly task: string;
}

/** `web/web/<task>`, of a sidecar `web-proxy/proxy/<task>`: the stream prefix of a container, its name, the task. */
export function logSourceOf(stream: string): LogSource {
  const [, prefix, container, task] = /^([^/]+)\/([^/]+)\/([^/]+)$/.exec(stream) ?? [];
  if (prefix === undefined || container === undefined || task === undefined) return { process: stream, container: '', task: '' };
  const sidecar = container !== prefix && prefix.endsWith(`-${container}`);
  return { process: sidecar ? prefix.slice(0, -container.length - 1) : prefix, container, task };
}
