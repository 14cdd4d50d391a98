import type { App } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { ListenerCertificate } from '../certificate/resources.js';
import { shortHash } from '../ingress/names.js';
import { filled, ref, resource, tags } from '../resource.js';

/** TLS 1.3, and 1.2 for those who cannot yet. */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export interface ListenerInput {
  readonly id: string;
  readonly balancer: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS';
  /** The target group of what no rule takes; none: 404. */
  readonly group: string | undefined;
  /** In order; the first is the default. */
  readonly certificates: readonly ListenerCertificate[];
  readonly from: readonly string[];
}

/** A listener, and its certificates. */
export function listener(app: App, platform: Platform, input: ListenerInput): Resource[] {
  const first = input.certificates[0];
  return [
    resource({
      id: input.id,
      type: 'AWS::ElasticLoadBalancingV2::Listener',
      properties: filled({
        LoadBalancerArn: ref(input.balancer),
        Port: input.port,
        Protocol: input.protocol,
        SslPolicy: first === undefined ? undefined : TLS_POLICY,
        Certificates: first === undefined ? undefined : [{ CertificateArn: first.arn }],
        DefaultActions: [input.group === undefined ? NOT_FOUND : { Type: 'forward', TargetGroupArn: ref(input.group) }],
        Tags: tags(app, platform),
      }),
      from: input.from,
    }),
    ...listenerCertificates(input.id, ref(input.id), input.certificates.slice(1)),
  ];
}

const NOT_FOUND: JsonObject = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'no such app' },
};

/**
 * Certificates beside a listener's default one, a resource for each, so that none is ever changed in place. The default one is not
 * among them: AWS refuses to take the default certificate out of the list, and the stack could not be deleted.
 */
export function listenerCertificates(listenerId: string, arn: Json, certificates: readonly ListenerCertificate[]): Resource[] {
  return certificates.map((certificate) =>
    resource({
      id: `${listenerId}Certificate${shortHash(certificate.key)}`,
      type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      properties: { ListenerArn: arn, Certificates: [{ CertificateArn: certificate.arn }] },
      from: [certificate.from],
    }),
  );
}
