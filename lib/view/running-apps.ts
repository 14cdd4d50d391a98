import { renderColumns } from './columns.js';
import { isoTime, renderMoment } from './time.js';

/** An app as it runs, as `observe` found it. */
export interface RunningAppView {
  readonly name: string;
  readonly stack: string;
  readonly status: string;
  readonly release: { readonly kind: 'none' } | { readonly kind: 'given'; readonly value: number };
  readonly processes: readonly { readonly name: string; readonly wanted: number; readonly running: number }[];
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** `acme-inc  v12  web=2 worker=1  Jun  4 14:27`, and what is going on with the stack when it is not at rest. */
export function renderRunningApps(apps: readonly RunningAppView[]): string {
  return renderColumns(
    apps.map(({ name, release, processes, changedAt, status }) => [
      name,
      release.kind === 'given' ? `v${release.value}` : '-',
      processes.map(renderProcess).join(' '),
      renderMoment(changedAt),
      renderStatus(status),
    ]),
  );
}

const renderProcess = ({ name, wanted }: RunningAppView['processes'][number]): string => `${name}=${wanted}`;

function renderStatus(status: string): string {
  if (status.endsWith('_IN_PROGRESS')) return '(changing now)';
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status) ? '' : `(${status})`;
}

export function runningAppsJson(apps: readonly RunningAppView[]): object {
  return {
    apps: apps.map(({ name, stack, status, release, processes, changedAt }) => ({
      name,
      stack,
      stackStatus: status,
      release: release.kind === 'given' ? release.value : null,
      processes,
      changedAt: isoTime(changedAt),
    })),
  };
}
