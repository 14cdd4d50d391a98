import type { App, Domain } from '../model/app.js';
import { renderColumns } from './columns.js';

interface Row {
  readonly domain: Domain;
  readonly process: string;
}

const rowsOf = ({ processes }: App): Row[] =>
  processes
    .flatMap((process) =>
      process.kind === 'service' && process.exposure.kind !== 'none'
        ? process.exposure.domains.map((domain) => ({ domain, process: process.name }))
        : [],
    )
    .sort((a, b) => (a.domain.name < b.domain.name ? -1 : 1));

/** `www.example.com  web  https, certificate made`, sorted by name. */
export const renderDomains = (app: App): string =>
  renderColumns(rowsOf(app).map(({ domain, process }) => [domain.name, process, certificateWords(domain)]));

function certificateWords({ certificate }: Domain): string {
  switch (certificate.kind) {
    case 'none':
      return 'http only';
    case 'made':
      return 'https, certificate made';
    case 'arn':
      return `https, ${certificate.arn}`;
  }
}

export const domainsJson = (app: App): object => ({
  app: app.name,
  domains: rowsOf(app).map(({ domain, process }) => ({
    name: domain.name,
    process,
    https: domain.certificate.kind !== 'none',
    certificate: domain.certificate.kind === 'arn' ? domain.certificate.arn : null,
  })),
});
