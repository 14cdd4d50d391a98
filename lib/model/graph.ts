import type { App } from './app.js';
import type { Given } from './given.js';

/** Apps of one environment as a picture: what each has, and who names whom in a variable. */
export interface Graph {
  readonly environment: string;
  /** Drawn whole, sorted by name. */
  readonly apps: readonly GraphApp[];
  /** Beside them: apps of the folder that name one of them or are named, and private names that nothing answers to. Sorted by name. */
  readonly others: readonly GraphOther[];
}

export interface GraphApp {
  readonly app: App;
  /** Public balancers first. */
  readonly balancers: readonly GraphBalancer[];
  /** In the order of the variables. */
  readonly mentions: readonly GraphMention[];
}

export interface GraphOther {
  /** The name of the app, or the host that nothing answers to. */
  readonly name: string;
  readonly kind: 'app' | 'absent';
  /** Only those that name an app that is drawn whole. */
  readonly mentions: readonly GraphMention[];
}

/** One load balancer that an app has, or its part of one that the platform shares. */
export interface GraphBalancer {
  readonly scheme: 'public' | 'internal';
  /** `http`: an Application Load Balancer; `tcp`: a Network Load Balancer. */
  readonly kind: 'http' | 'tcp';
  readonly shared: boolean;
  readonly addresses: readonly GraphAddress[];
}

/** One address that answers. */
export interface GraphAddress {
  /** `https://acme-inc.example.com`, `http://acme-inc.empire:8081`, `tcp://chat.reference.empire:5222`. */
  readonly url: string;
  readonly port: number;
  readonly process: string;
  /** The port of its container. */
  readonly container: number;
}

/** A variable that names an app of this folder. */
export interface GraphMention {
  readonly variable: string;
  /** The process, or `process/sidecar`, that alone has the variable; none: every process of the app. */
  readonly process: Given<string>;
  /** As it is written, without credentials: `http://feed`, `api.feed.empire:8081`. */
  readonly written: string;
  /** The app that is meant, or the host that nothing answers to. */
  readonly target: string;
  /** The address of the target that answers; none when it has none. */
  readonly address: Given<string>;
}
