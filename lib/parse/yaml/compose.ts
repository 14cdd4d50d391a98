import { type AliasEvent, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { excerpt } from '../excerpt.js';
import type { SourceText } from '../source-text.js';
import { refuseAlias } from './alias.js';
import { Budget } from './budget.js';
import { composeMap } from './compose-map.js';
import type { ListNode, ScalarNode, YamlNode } from './node.js';
import { PlaceCursor } from './place-cursor.js';

type Anchor =
  | { readonly kind: 'open' }
  | { readonly kind: 'done'; readonly node: YamlNode; readonly nodes: number; readonly height: number };

/** Builds our tree from the events of one document, refusing with positions what js-yaml would refuse only one at a time. */
export class Composer {
  readonly budget: Budget;
  readonly places: PlaceCursor;
  /** What stands for an alias that was refused, so that it is not refused again for being nothing. */
  readonly unresolved = new Set<YamlNode>();
  private at = 0;
  private readonly anchors = new Map<string, Anchor>();

  constructor(
    source: SourceText,
    /** The text the events were read from: the source's, perhaps with parts masked by spaces. */
    private readonly text: string,
    private readonly events: readonly Event[],
    readonly problems: Problems,
  ) {
    this.budget = new Budget(problems);
    this.places = new PlaceCursor(source);
  }

  /** The root of the document whose event comes first. */
  document(): YamlNode {
    this.at = 1;
    return this.node(0, 0);
  }

  get next(): Event | undefined {
    return this.budget.spent ? undefined : this.events[this.at];
  }

  skip(): void {
    this.at++;
  }

  /** The next value. `depth`: how many collections it stands in; `fallback`: the offset to report for a block scalar. */
  node(depth: number, fallback: number): YamlNode {
    const event = this.events[this.at++];
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return this.nothing(fallback);
    if (event.type === EVENT_ID.ALIAS) return this.alias(event, depth);
    const place = this.places.at(this.offsetOf(event, fallback));
    if (event.tagStart !== -1) this.refuseTag(event.tagStart, event.tagEnd);
    const anchor = event.anchorStart === -1 ? undefined : this.text.slice(event.anchorStart, event.anchorEnd);
    if (anchor === undefined) return this.content(event, depth, place);
    return this.anchored(anchor, depth, () => this.content(event, depth, place));
  }

  private content(event: Exclude<Event, AliasEvent>, depth: number, place: Place): YamlNode {
    if (event.type === EVENT_ID.SCALAR) return this.scalar(event, depth, place);
    this.budget.take(1, depth + 1, place);
    if ('start' in event) this.lastEnd = Math.max(this.lastEnd, event.start);
    return event.type === EVENT_ID.MAPPING ? composeMap(this, depth + 1, place) : this.list(depth + 1, place);
  }

  private list(depth: number, place: Place): ListNode {
    const items: YamlNode[] = [];
    let end = this.lastEnd;
    for (let event = this.next; event !== undefined && event.type !== EVENT_ID.POP; event = this.next) {
      items.push(this.node(depth, end));
      end = this.lastEnd;
    }
    this.skip();
    return { kind: 'list', place, items };
  }

  /** Where the last scalar ended: near enough for an empty value, which has no offset of its own. */
  lastEnd = 0;

  private scalar(event: ScalarEvent, depth: number, place: Place): ScalarNode {
    this.budget.take(1, depth, place);
    const text = event.valueStart === -1 ? '' : getScalarValue(this.text, event);
    const style = STYLES[event.style] ?? 'plain';
    if (event.valueStart !== -1) this.lastEnd = event.valueEnd + (style === 'quoted' ? 1 : 0);
    return { kind: 'scalar', text, style, isNull: style === 'plain' && (text === '' || text === '~'), place };
  }

  /** js-yaml's offsets, corrected: a quoted scalar's is after its quote, a block scalar's is its content, an empty one has none. */
  private offsetOf(event: Exclude<Event, AliasEvent>, fallback: number): number {
    if (event.type !== EVENT_ID.SCALAR) return 'start' in event ? event.start : fallback;
    if (event.valueStart === -1) return event.anchorStart === -1 ? this.lastEnd : event.anchorStart - 1;
    const style = STYLES[event.style];
    if (style === 'block') return fallback;
    return style === 'quoted' ? event.valueStart - 1 : event.valueStart;
  }

  private anchored(name: string, depth: number, compose: () => YamlNode): YamlNode {
    const { nodes, deepest } = this.budget;
    this.anchors.set(name, { kind: 'open' });
    this.budget.deepest = depth;
    const node = compose();
    this.anchors.set(name, { kind: 'done', node, nodes: this.budget.nodes - nodes, height: this.budget.deepest - depth });
    this.budget.deepest = Math.max(deepest, this.budget.deepest);
    return node;
  }

  private alias(event: AliasEvent, depth: number): YamlNode {
    const offset = event.anchorStart - 1;
    const place = this.places.at(offset);
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.anchors.get(name);
    this.lastEnd = event.anchorEnd;
    if (anchor?.kind === 'done') {
      this.budget.take(anchor.nodes, depth + anchor.height, place);
      return anchor.node;
    }
    refuseAlias({ name, inside: anchor?.kind === 'open', known: this.knownAnchors(), place }, this.problems);
    const node = this.nothing(offset);
    this.unresolved.add(node);
    return node;
  }

  /** Some names that an alias might have meant: bounded, since each refused alias is compared with all of them. */
  private knownAnchors(): string[] {
    const known: string[] = [];
    for (const [name, { kind }] of this.anchors) {
      if (known.length === 50) break;
      if (kind === 'done' && name.length <= 60) known.push(name);
    }
    return known;
  }

  private nothing(offset: number): ScalarNode {
    return { kind: 'scalar', text: '', style: 'plain', isNull: true, place: this.places.at(offset) };
  }

  private refuseTag(start: number, end: number): void {
    this.problems.error('yaml-tag', this.places.at(start), 'this is a YAML tag, and tags are not used here', {
      given: excerpt(this.text.slice(start, end)),
      allowed: 'plain values; every key knows its own type',
      hint: 'remove the tag, or put the text in quotes if `!` belongs to it',
    });
  }
}

const STYLES: { readonly [style: number]: ScalarNode['style'] } = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'quoted',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'quoted',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'block',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'block',
};
