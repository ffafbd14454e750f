export interface Passage {
  heading: string;
  text: string;
}

export function chunk(text: string, limit: number): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  let words: string[] = [];
  const cut = () => {
    for (let from = 0; from < words.length; from += limit) {
      passages.push({ heading, text: words.slice(from, from + limit).join(' ') });
    }
    words = [];
  };
  for (const paragraph of text.split('\n\n')) {
    if (paragraph.startsWith('# ')) {
      cut();
      heading = paragraph.slice(2);
    } else {
      words.push(...paragraph.split(' '));
    }
  }
  cut();
  return passages;
}
