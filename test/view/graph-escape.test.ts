import { expect } from 'chai';
import fc from 'fast-check';
import { graphOf } from '../../lib/relate/index.js';
import { escapeMermaid, renderGraphMermaid } from '../../lib/view/graph-mermaid.js';
import { escapeXml, renderGraphSvg } from '../../lib/view/graph-svg.js';
import { folderOf, readApps } from '../support/apps-of-files.js';

const NONE = { kind: 'none' } as const;
const EVIL = '</text><script>alert(1)</script> & "quotes" \'q\' `b` # ; | --> end %%{init}%% ]]>';

/** Any characters, also halves of some. */
const anything = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }))
  .map((points) => points.map((point) => String.fromCodePoint(point)).join(''));

const evil = readApps(
  folderOf({
    evil: {
      image: 'acme/evil:1',
      Procfile: `web:\n  command: [${JSON.stringify(EVIL)}, "\\u202egnp.exe"]\n`,
      env: 'A=http://evil.empire\n',
    },
  }),
);

describe('what people wrote stays a text in a picture', () => {
  it('in SVG', () => {
    const svg = renderGraphSvg(graphOf(evil.apps, evil.platform, NONE));
    expect(svg).not.to.match(/<script|]]>|\u202e/);
    expect(
      svg.match(/<\/?[a-z]+/g)?.filter((tag) => !/^<\/?(svg|title|style|rect|path|text|g|circle|ellipse)$/.test(tag)),
    ).to.deep.equal([]);
    expect(svg).to.contain('&lt;/text&gt;&lt;script&gt;');
  });

  it('in SVG: no control characters, no markup, whatever it is', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(escapeXml(text)).not.to.match(/[<>"'\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);
        expect(escapeXml(text).replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.to.contain('&');
      }),
    );
  });

  it('in Mermaid: a label has no quotes, brackets, entities or ends of lines of its own', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.constant(EVIL)), (text) => {
        expect(escapeMermaid(text).replaceAll(/#\d+;/g, '')).not.to.match(/["`#;<>&|{}[\]\\\n\r]/);
      }),
    );
    const mermaid = renderGraphMermaid(graphOf(evil.apps, evil.platform, NONE));
    expect(mermaid).to.contain('#60;/text#62;#60;script#62;alert(1)#60;/script#62; #38; #34;quotes#34;');
    expect(mermaid.split('\n').filter((line) => /^\s*(end|%%)/.test(line))).to.deep.equal(['  end']);
  });
});
