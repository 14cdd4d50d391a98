import { expect } from 'chai';
import type { AppEvent } from '../../lib/model/running.js';
import { eventsJson, renderEvents } from '../../lib/view/events.js';
import { PLAIN } from '../../lib/view/look.js';
import { given, NONE } from '../support/model-apps.js';

const AT = Date.UTC(2026, 5, 4, 14, 27, 8);
const FAILED: AppEvent = {
  at: AT,
  from: 'cloudformation',
  resource: 'WebService',
  place: given('apps/acme-inc/Procfile:1:1'),
  status: 'UPDATE_FAILED',
  text: 'the circuit breaker was triggered',
  bad: true,
};
const SAID: AppEvent = {
  ...FAILED,
  from: 'ecs',
  place: NONE,
  status: '',
  text: 'has started 1 tasks: (task 217e2ddd0b1c4d5e8f90a1b2c3d4e5f6)',
  bad: false,
};
const untimed = (text: string) => text.replaceAll(/^.{3} .\d \d\d:\d\d/gm, 'Jun  4 14:27');

describe('events', () => {
  it('are a line each: when, what, and the line of the manifest', () => {
    expect(untimed(renderEvents([FAILED, SAID], { ...PLAIN, width: 200 }))).to.equal(
      'Jun  4 14:27:08  WebService  UPDATE_FAILED: the circuit breaker was triggered  (apps/acme-inc/Procfile:1:1)\n' +
        'Jun  4 14:27:08  WebService  has started 1 tasks: (task 217e2ddd)\n',
    );
  });

  it('are cut to any terminal', () => {
    for (let width = 40; width <= 200; width++) {
      const lines = renderEvents([FAILED, SAID], { colour: false, width }).split('\n');
      expect(Math.max(...lines.map((line) => [...line].length))).to.be.at.most(width);
    }
  });

  it('that are bad are red', () => {
    expect(renderEvents([FAILED], { colour: true, width: 200 })).to.contain('\u001b[31m  WebService');
    expect(renderEvents([SAID], { colour: true, width: 200 })).not.to.contain('\u001b[31m');
  });

  it('are for programs what their documentation says', () => {
    expect(eventsJson('acme-inc', [FAILED, SAID])).to.deep.equal({
      app: 'acme-inc',
      events: [
        {
          at: '2026-06-04T14:27:08.000Z',
          from: 'cloudformation',
          resource: 'WebService',
          status: 'UPDATE_FAILED',
          text: 'the circuit breaker was triggered',
          place: 'apps/acme-inc/Procfile:1:1',
          bad: true,
        },
        {
          at: '2026-06-04T14:27:08.000Z',
          from: 'ecs',
          resource: 'WebService',
          status: null,
          text: 'has started 1 tasks: (task 217e2ddd0b1c4d5e8f90a1b2c3d4e5f6)',
          place: null,
          bad: false,
        },
      ],
    });
  });
});
