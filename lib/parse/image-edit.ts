import type { Image } from '../model/app.js';
import { Problems } from '../problems.js';
import { formatImage, parseImage } from './image.js';
import { EditedText } from './text-edit.js';
import { type LineWord, wordsOfLines } from './words-of-line.js';

/** Puts another image into the text of `image`; comments stay. */
export function editImage(text: string, image: Image): string {
  const edited = new EditedText(text);
  const [line] = wordsOfLines(edited.source);
  if (line === undefined) {
    edited.append(formatImage(image));
    return edited.toString();
  }
  edited.read((source, problems) => refuseSecond(source, problems));
  const current = parseImage(edited.source, new Problems());
  if (current.kind === 'given' && formatImage(current.value) === formatImage(image)) return text;
  edited.replace((line[0] as LineWord).start, (line.at(-1) as LineWord).end, formatImage(image));
  return edited.toString();
}

/** A wrong reference may be replaced; of two, one cannot tell which. */
function refuseSecond(source: Parameters<typeof parseImage>[0], problems: Problems): void {
  const own = new Problems();
  parseImage(source, own);
  problems.all.push(...own.all.filter((problem) => problem.code === 'image-second'));
}
