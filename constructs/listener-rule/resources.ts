import type { App } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { hostPatterns } from '../ingress/names.js';
import type { Condition, IngressRule } from '../ingress/rule.js';
import { ref, resource, tags } from '../resource.js';
import { shiftedForward, TEST_HEADER } from '../traffic-shift/resources.js';

/** A rule of a listener. */
export function listenerRule(app: App, platform: Platform, rule: IngressRule, listenerArn: Json, priority: number): Resource {
  return resource({
    id: rule.id,
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    properties: {
      ListenerArn: listenerArn,
      Priority: priority,
      Conditions: conditions(rule),
      Actions: [action(app.maintenance, rule)],
      Tags: rule.process === undefined ? tags(app, platform) : tags(app, platform, rule.process),
    },
    from: rule.from,
  });
}

function conditions({ condition, scheme }: IngressRule): JsonObject[] {
  const requests = condition.hosts.length === 0 ? ANY : hosts(condition, scheme === 'public');
  if (!condition.test) return [requests];
  return [requests, { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: TEST_HEADER, Values: ['true'] } }];
}

const ANY: JsonObject = { Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } };

/** What AWS takes as a plain host value: no wildcard of ours, and only letters after the last dot. */
const PLAIN = /^[^*]+\.[a-z]+$/;

/** A single public name is a plain value, which AWS compares without regard to case; anything else needs patterns. */
function hosts(condition: Condition, outside: boolean): JsonObject {
  const [only, ...more] = condition.hosts as readonly [string, ...string[]];
  const plain = outside && more.length === 0 && PLAIN.test(only);
  return {
    Field: 'host-header',
    HostHeaderConfig: plain ? { Values: [only] } : { RegexValues: hostPatterns(condition.hosts) },
  };
}

function action(page: Given<string>, { action }: IngressRule): JsonObject {
  switch (action.kind) {
    case 'forward':
      return action.shifts ? shiftedForward(action.group) : { Type: 'forward', TargetGroupArn: ref(action.group) };
    case 'redirect':
      return { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } };
    case 'maintenance':
      return maintenancePage(page.kind === 'given' ? page.value : '');
  }
}

/** 503 with the page: HTML when it looks like it. */
const maintenancePage = (page: string): JsonObject => ({
  Type: 'fixed-response',
  FixedResponseConfig: {
    StatusCode: '503',
    ContentType: page.trimStart().startsWith('<') ? 'text/html' : 'text/plain',
    MessageBody: page,
  },
});
