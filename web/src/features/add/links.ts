const pattern = /\bhttps?:\/\/[^\s<>"'`]+|\b(?:www\.)[^\s<>"'`]+\.[^\s<>"'`]+/gi;
const trailing = /[.,;:!?)\]}»”’]+$/;

/** The addresses in a pasted text, in order and each once. A lone word with a dot is taken for an address too (`youtu.be/x`). */
export function linksIn(text: string): string[] {
  const found = text.match(pattern) ?? (/^[^\s/]+\.[^\s]+$/.test(text.trim()) ? [text.trim()] : []);
  const links = found.map((link) => unwrapped(link)).map((link) => (/^https?:/i.test(link) ? link : `https://${link}`));
  return [...new Set(links)];
}

/** Without the punctuation of the sentence around it; a bracket that the address itself opened stays. */
function unwrapped(link: string): string {
  const bare = link.replace(trailing, '');
  return link[bare.length] === ')' && bare.includes('(') && !bare.includes(')') ? `${bare})` : bare;
}
