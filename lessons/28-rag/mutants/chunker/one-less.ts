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
    if (size + words.length >= limit) {
      close();
    }
    if (words.length <= limit) {
      open.push(paragraph);
      size += words.length;
    } else {
      for (let from = 0; from < words.length; from += limit) {
        passages.push({ heading, text: words.slice(from, from + limit).join(' ') });
      }
    }
  }
  close();
  return passages;
}
