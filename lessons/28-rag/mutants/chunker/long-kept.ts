export interface Passage {
  heading: string;
  text: string;
}

export function chunk(text: string, limit: number): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  let open: string[] = [];
  let size = 0;
  const close = () => {
    if (open.length > 0) {
      passages.push({ heading, text: open.join('\n\n') });
    }
    open = [];
    size = 0;
  };
  for (const paragraph of text.split('\n\n')) {
    if (paragraph.startsWith('# ')) {
      close();
      heading = paragraph.slice(2);
      continue;
    }
    const words = paragraph.split(' ');
    if (size + words.length > limit) {
      close();
    }
    open.push(paragraph);
    size += words.length;
  }
  close();
  return passages;
}
