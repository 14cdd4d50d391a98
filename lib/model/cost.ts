/** Least and most; the same where nothing scales. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** What an estimate takes for granted, since no file says it. */
export interface CostAssumptions {
  /** How long one run of a scheduled process lasts. */
  readonly cronMinutes: number;
  /** What one task logs in a month. */
  readonly logGigabytes: number;
  /** Load-balancer capacity units that each balancer uses on average. */
  readonly capacityUnits: number;
}

/** What is paid for, in its own unit. */
export type CostOf =
  /** A process that keeps running: tasks. */
  | { readonly kind: 'service'; readonly process: string; readonly tasks: Span }
  /** A scheduled process: runs a month, all its tasks together. */
  | { readonly kind: 'cron'; readonly process: string; readonly runs: Span }
  /** Runs when someone asks, or once a release. */
  | { readonly kind: 'on-demand'; readonly process: string }
  | { readonly kind: 'balancer'; readonly scheme: 'public' | 'internal'; readonly balancer: 'http' | 'tcp' }
  /** Public IPv4 addresses, of a public balancer or of tasks in public subnets. */
  | { readonly kind: 'addresses'; readonly count: Span }
  | { readonly kind: 'logs'; readonly gigabytes: Span };

/** Whose money it is: the app's, the instances' it runs on, or the platform's. */
export type CostPayer = 'app' | 'host' | 'platform';

export interface CostLine {
  readonly of: CostOf;
  readonly payer: CostPayer;
  /** US dollars a month; 0 when another pays. */
  readonly dollars: Span;
  /** What one hour of one task costs; 0 where that is no question, or another pays. */
  readonly dollarsPerTaskHour: number;
  /** Processor units and memory of a task; 0 where there is none. */
  readonly size: { readonly cpu: number; readonly memoryMiB: number };
  /** `fargate`, `fargate spot arm64`, `ec2`; empty where there is no task. */
  readonly runsOn: string;
}

export interface AppCost {
  readonly app: string;
  readonly maintenance: boolean;
  readonly lines: readonly CostLine[];
  readonly total: Span;
}

/** Prices of one region on one day. All in US dollars, without tax, discounts and free tiers. */
export interface PriceTable {
  readonly region: string;
  /** The month the prices were looked up in: `2025-06`. */
  readonly asOf: string;
  readonly fargate: Readonly<Record<'x86_64' | 'arm64', { readonly vcpuHour: number; readonly gigabyteHour: number }>>;
  /** Part of the price that Fargate Spot costs: it changes with demand. */
  readonly spotShare: number;
  /** Above what a task has anyway. */
  readonly ephemeralGigabyteHour: number;
  readonly ephemeralIncludedGiB: number;
  readonly balancer: Readonly<Record<'http' | 'tcp', { readonly hour: number; readonly capacityUnitHour: number }>>;
  readonly publicAddressHour: number;
  readonly natGatewayHour: number;
  /** An interface endpoint in one zone. */
  readonly endpointHour: number;
  /** A hosted zone. */
  readonly zoneMonth: number;
  readonly diskGigabyteMonth: number;
  /** By type. `cards`: the network cards it may have; each task needs one, and the host itself too. */
  readonly instance: Readonly<Record<string, { readonly hour: number; readonly cards: number }>>;
  readonly logGigabyte: number;
  readonly hoursPerMonth: number;
}

export interface Estimate {
  readonly prices: PriceTable;
  readonly assumptions: CostAssumptions;
  /** Zones a public balancer has an address in. */
  readonly zones: number;
  readonly apps: readonly AppCost[];
  readonly total: Span;
}
